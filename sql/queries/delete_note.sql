-- Remove a note of one's own.
DELETE FROM notes
WHERE note_id = %(note_id)s
