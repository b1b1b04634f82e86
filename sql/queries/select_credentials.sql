-- Who signs in by this name, with which password, and has he done so from here before?
SELECT
    people.person_id,
    people.login,
    people.name,
    people.roles,
    people.is_owner,
    passwords.hash,
    people.disabled_at IS NOT null AS disabled,
    exists(
        SELECT FROM known_addresses
        WHERE
            known_addresses.person_id = people.person_id
            AND known_addresses.address = %(address)s
            AND known_addresses.seen_at > now() - %(known)s
    ) AS known
FROM people
LEFT JOIN passwords ON people.person_id = passwords.person_id
WHERE lower(people.login) = lower(%(login)s)
