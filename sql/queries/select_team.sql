-- Who works on this matter?
SELECT
    people.person_id,
    people.login,
    people.name,
    people.roles,
    people.is_owner,
    people.disabled_at IS NOT null AS disabled
FROM team_members
INNER JOIN people ON team_members.person_id = people.person_id
WHERE team_members.matter_id = %(matter_id)s
ORDER BY people.name, people.login
