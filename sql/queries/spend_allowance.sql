-- May this person use so much more? How much is used then; no row where it would be too much.
INSERT INTO allowances AS held (person_id, what, since, used)
SELECT
    %(person_id)s,
    %(what)s,
    date_trunc(%(period)s, now()),
    %(amount)s
WHERE %(amount)s <= %(most)s
ON CONFLICT (person_id, what, since) DO UPDATE
    SET used = held.used + excluded.used
    WHERE held.used + excluded.used <= %(most)s
RETURNING used
