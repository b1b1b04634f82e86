-- Who is signed in by this token? Nobody where the session was ended or has run out.
SELECT
    sessions.session_id,
    people.person_id,
    people.login,
    people.name,
    people.roles,
    people.is_owner,
    sessions.seen_at < now() - interval '1 minute' AS stale,
    people.disabled_at IS NOT null AS disabled
FROM sessions
INNER JOIN people ON sessions.person_id = people.person_id
WHERE
    sessions.token_sha256 = %(token_sha256)s
    AND sessions.seen_at > now() - %(idle)s
    AND sessions.began_at > now() - %(longest)s
    AND people.disabled_at IS null
