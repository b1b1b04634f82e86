-- May this person use so much more? How much is used then; no row where it would be too much.
-- A count lost with the power is worth no wait for the disk.
WITH hurry AS (
    SELECT set_config('synchronous_commit', 'off', true) AS done
)

INSERT INTO allowances AS held (person_id, what, since, used)
SELECT
    %(person_id)s,
    %(what)s,
    date_trunc(%(period)s, now()),
    %(amount)s
FROM hurry
WHERE %(amount)s <= %(most)s AND hurry.done IS NOT null
ON CONFLICT (person_id, what, since) DO UPDATE
    SET used = held.used + excluded.used
    WHERE held.used + excluded.used <= %(most)s
RETURNING used
