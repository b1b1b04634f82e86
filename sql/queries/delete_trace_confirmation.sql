-- Take back what one has said of an answer.
DELETE FROM trace_confirmations
WHERE trace_id = %(trace_id)s AND n = %(n)s AND person_id = acting_person()
