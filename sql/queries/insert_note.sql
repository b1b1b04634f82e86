-- Write a note on a matter.
INSERT INTO notes (note_id, matter_id, text, written_by)
VALUES (%(note_id)s, %(matter_id)s, %(text)s, %(written_by)s)
