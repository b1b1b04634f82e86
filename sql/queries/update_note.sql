-- Change a note of one's own.
UPDATE notes
SET text = %(text)s, changed_at = now()
WHERE note_id = %(note_id)s
