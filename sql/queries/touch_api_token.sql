-- Has this token been used just now?
UPDATE api_tokens SET used_at = now()
WHERE token_id = %(token_id)s
