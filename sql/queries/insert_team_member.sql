-- Add a person to a matter's team; nothing where they are on it.
INSERT INTO team_members (matter_id, person_id, added_by)
VALUES (%(matter_id)s, %(person_id)s, %(added_by)s)
ON CONFLICT DO NOTHING
