-- Which id of passages is the last of those reserved here? Only under lock_shelf.
SELECT setval(
    pg_get_serial_sequence('passages', 'passage_id'),
    nextval(pg_get_serial_sequence('passages', 'passage_id')) + %(count)s - 1
)
