-- Keep a person out of a matter; nothing where that is so already.
INSERT INTO walls (matter_id, person_id, reason, raised_by)
VALUES (%(matter_id)s, %(person_id)s, %(reason)s, %(raised_by)s)
ON CONFLICT DO NOTHING
