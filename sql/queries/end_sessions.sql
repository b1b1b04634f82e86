-- Sign a person out everywhere.
DELETE FROM sessions
WHERE person_id = %(person_id)s
