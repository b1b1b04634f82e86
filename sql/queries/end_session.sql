-- Sign the browser with this token out.
DELETE FROM sessions
WHERE token_sha256 = %(token_sha256)s
