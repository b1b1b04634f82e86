-- Which id of opinions is the last of those reserved here? Only under lock_shelf.
SELECT setval(
    pg_get_serial_sequence('opinions', 'opinion_id'),
    nextval(pg_get_serial_sequence('opinions', 'opinion_id')) + %(count)s - 1
)
