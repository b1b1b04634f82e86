-- May whoever asks arrange this matter? No row where it is not there for them.
SELECT
    matter_id,
    legal_hold,
    matter_id = any((SELECT arranged_matters())::uuid[]) AS arranges,
    matter_id = any((SELECT readable_matters())::uuid[]) AS reads,
    state = 'open' AS is_open
FROM matters
WHERE matter_id = %(matter_id)s
