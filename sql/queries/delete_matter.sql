-- Remove a matter with everything in it.
DELETE FROM matters
WHERE matter_id = %(matter_id)s
