-- Whom does single sign-on mean?
SELECT
    people.person_id,
    people.login,
    people.name,
    people.roles,
    people.is_owner,
    people.disabled_at IS NOT null AS disabled
FROM identities
INNER JOIN people ON identities.person_id = people.person_id
WHERE identities.issuer = %(issuer)s AND identities.subject = %(subject)s
