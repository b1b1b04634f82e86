-- Which programs may act for this person, and until when?
SELECT
    token_id,
    name,
    uses,
    made_at,
    used_at,
    least(expires_at, made_at + %(longest)s) AS expires_at
FROM api_tokens
WHERE person_id = %(person_id)s
ORDER BY made_at DESC, token_id ASC
