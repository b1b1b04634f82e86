-- Which password has this person from now on? None after a reset.
INSERT INTO passwords (person_id, hash)
VALUES (%(person_id)s, %(hash)s)
ON CONFLICT (person_id) DO UPDATE SET hash = excluded.hash, changed_at = now()
