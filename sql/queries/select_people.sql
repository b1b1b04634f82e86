-- Who is there?
SELECT
    person_id,
    login,
    name,
    roles,
    is_owner,
    disabled_at IS NOT null AS disabled
FROM people
ORDER BY name, login
