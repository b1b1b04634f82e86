-- Begin a draft in a matter.
INSERT INTO drafts (draft_id, matter_id, title, origin, started_by)
VALUES (%(draft_id)s, %(matter_id)s, %(title)s, %(origin)s, acting_person())
