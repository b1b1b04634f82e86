-- Take a person off a matter's team.
DELETE FROM team_members
WHERE matter_id = %(matter_id)s AND person_id = %(person_id)s
