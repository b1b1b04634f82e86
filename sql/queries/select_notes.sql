-- Which notes are on this matter, by whom?
SELECT
    notes.note_id,
    notes.matter_id,
    notes.text,
    people.name AS written_by,
    notes.written_at,
    notes.changed_at,
    notes.written_by = acting_person() AS own
FROM notes
INNER JOIN people ON notes.written_by = people.person_id
WHERE notes.matter_id = %(matter_id)s
ORDER BY notes.written_at, notes.note_id
