-- For whom is this link, and what for? Nobody where it was used or has run out.
SELECT
    invitations.kind,
    invitations.expires_at,
    people.person_id,
    people.login,
    people.name,
    people.roles,
    people.is_owner,
    people.disabled_at IS NOT null AS disabled
FROM invitations
INNER JOIN people ON invitations.person_id = people.person_id
WHERE
    invitations.token_sha256 = %(token_sha256)s
    AND invitations.expires_at > now()
    AND people.disabled_at IS null
