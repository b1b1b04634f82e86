-- Whose session is this token's, how old is it, and what has the firm settled of such?
SELECT
    sessions.session_id,
    people.person_id,
    people.login,
    people.name,
    people.roles,
    people.is_owner,
    now() - sessions.seen_at AS idle,
    now() - sessions.began_at AS age,
    people.disabled_at IS NOT null AS disabled,
    (SELECT jsonb_object_agg(held.name, held.value) FROM firm_settings AS held) AS settled
FROM sessions
INNER JOIN people ON sessions.person_id = people.person_id
WHERE
    sessions.token_sha256 = %(token_sha256)s
    AND people.disabled_at IS null
