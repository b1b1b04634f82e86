-- Where is this person signed in?
SELECT
    session_id,
    address,
    browser,
    began_at,
    seen_at,
    coalesce(token_sha256 = %(token_sha256)s::bytea, false) AS here
FROM sessions
WHERE
    person_id = %(person_id)s
    AND seen_at > now() - %(idle)s
    AND began_at > now() - %(longest)s
ORDER BY seen_at DESC, session_id ASC
