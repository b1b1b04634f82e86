-- Whose link is now used up? No row where somebody was quicker, or time has run out.
DELETE FROM invitations
WHERE
    token_sha256 = %(token_sha256)s
    AND kind = any(%(kinds)s::text[])
    AND expires_at > now()
RETURNING person_id
