-- For whom does a program with this token act? Nobody where it was revoked or has run out.
SELECT
    api_tokens.token_id,
    api_tokens.name AS token_name,
    api_tokens.uses,
    people.person_id,
    people.login,
    people.name,
    people.roles,
    people.is_owner,
    coalesce(api_tokens.used_at < now() - interval '1 minute', true) AS stale,
    people.disabled_at IS NOT null AS disabled
FROM api_tokens
INNER JOIN people ON api_tokens.person_id = people.person_id
WHERE
    api_tokens.token_sha256 = %(token_sha256)s
    AND least(api_tokens.expires_at, api_tokens.made_at + %(longest)s) > now()
    AND people.disabled_at IS null
