-- By which token may a program act for this person? No row where they have one of that name.
INSERT INTO api_tokens (token_sha256, person_id, name, uses, expires_at)
VALUES (
    %(token_sha256)s,
    %(person_id)s,
    %(name)s,
    %(uses)s,
    now() + %(lasts)s
)
ON CONFLICT (person_id, name) DO NOTHING
RETURNING token_id, name, uses, made_at, expires_at, used_at
