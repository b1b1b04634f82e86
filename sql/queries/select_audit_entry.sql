-- What was this one thing that was done?
SELECT
    entry.action,
    entry.subject,
    entry.detail
FROM audit_entries AS entry
WHERE entry.entry_id = %(entry_id)s
