-- Let a person in again.
DELETE FROM walls
WHERE matter_id = %(matter_id)s AND person_id = %(person_id)s
