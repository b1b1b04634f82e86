-- What was done?
INSERT INTO audit_entries (entry_id, person_id, matter_id, action, subject, detail, text_sha256)
VALUES (
    %(entry_id)s,
    coalesce(%(person_id)s, acting_person()),
    %(matter_id)s,
    %(action)s,
    %(subject)s,
    %(detail)s::jsonb,
    %(text_sha256)s
)
