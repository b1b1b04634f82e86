-- Who set the installation up?
SELECT
    person_id,
    login,
    name,
    roles,
    is_owner,
    disabled_at IS NOT null AS disabled
FROM people
WHERE is_owner
