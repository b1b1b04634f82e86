-- Who is walled off from this matter, why, and by whom?
SELECT
    people.person_id,
    people.login,
    people.name,
    people.roles,
    people.is_owner,
    walls.reason,
    raisers.name AS raised_by,
    walls.raised_at,
    people.disabled_at IS NOT null AS disabled
FROM walls
INNER JOIN people ON walls.person_id = people.person_id
INNER JOIN people AS raisers ON walls.raised_by = raisers.person_id
WHERE walls.matter_id = %(matter_id)s
ORDER BY people.name, people.login
