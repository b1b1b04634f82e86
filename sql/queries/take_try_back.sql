-- This try, of several from the same place, did not fail.
UPDATE failures SET
    failures = greatest(failures - 1, 0),
    free_at = least(free_at, clock_timestamp())
WHERE what = %(what)s
