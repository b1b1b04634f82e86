-- Keep the record of an answer, in the name of whoever asks.
INSERT INTO traces (trace_id, person_id, matter_id, asked_at, record)
VALUES (
    %(trace_id)s, acting_person(), %(matter_id)s, %(asked_at)s, %(record)s
)
