-- Until when does this link work?
INSERT INTO invitations (token_sha256, person_id, kind, expires_at)
VALUES (%(token_sha256)s, %(person_id)s, %(kind)s, now() + %(lasts)s)
RETURNING expires_at
