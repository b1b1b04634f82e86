-- From where has this person signed in?
INSERT INTO known_addresses (person_id, address)
VALUES (%(person_id)s, %(address)s)
ON CONFLICT (person_id, address) DO UPDATE SET seen_at = now()
