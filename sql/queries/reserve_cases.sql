-- Which id of cases is the last of those reserved here? Only under lock_shelf.
SELECT setval(
    pg_get_serial_sequence('cases', 'case_id'),
    nextval(pg_get_serial_sequence('cases', 'case_id')) + %(count)s - 1
)
