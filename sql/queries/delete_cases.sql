-- Which cases leave the shelf? What hangs on them goes with them.
DELETE FROM cases
WHERE case_id = any(%(case_ids)s::integer[])
