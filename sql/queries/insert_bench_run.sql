-- Keep what the bench counted, in the name of whoever asks.
INSERT INTO bench_runs (person_id, question, library_revision, arms)
VALUES (acting_person(), %(question)s, %(library_revision)s, %(arms)s)
RETURNING bench_id
