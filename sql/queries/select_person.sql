-- Who is this?
SELECT
    person_id,
    login,
    name,
    roles,
    is_owner,
    disabled_at IS NOT null AS disabled
FROM people
WHERE person_id = %(person_id)s
