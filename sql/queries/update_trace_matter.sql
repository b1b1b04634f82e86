-- Put a record of one's own with a matter.
UPDATE traces
SET matter_id = %(matter_id)s
WHERE trace_id = %(trace_id)s AND matter_id IS null
