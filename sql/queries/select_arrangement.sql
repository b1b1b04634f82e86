-- May whoever asks arrange this matter? No row where it is not there for them.
SELECT
    matters.matter_id,
    matters.legal_hold,
    people.name AS held_by,
    matters.matter_id = any((SELECT arranged_matters())::uuid[]) AS arranges,
    matters.matter_id = any((SELECT readable_matters())::uuid[]) AS reads,
    matters.state = 'open' AS is_open
FROM matters
LEFT JOIN people ON matters.held_by = people.person_id
WHERE matters.matter_id = %(matter_id)s
