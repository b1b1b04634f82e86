-- Open a matter.
INSERT INTO matters (matter_id, number, name, opened_by, canary)
VALUES (%(matter_id)s, %(number)s, %(name)s, %(opened_by)s, %(canary)s)
