-- Who signs in by this name?
SELECT
    person_id,
    login,
    name,
    roles,
    is_owner,
    disabled_at IS NOT null AS disabled
FROM people
WHERE lower(login) = lower(%(login)s)
