-- Who set the installation up?
SELECT person_id FROM people
WHERE is_owner
