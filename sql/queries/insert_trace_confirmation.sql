-- Say to have read a source of an answer, or to have reviewed the whole.
INSERT INTO trace_confirmations (trace_id, n, person_id)
VALUES (%(trace_id)s, %(n)s, acting_person())
ON CONFLICT DO NOTHING
