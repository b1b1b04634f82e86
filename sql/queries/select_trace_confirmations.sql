-- Who says to have read what of this answer?
SELECT
    said.n,
    0 AS version,
    people.name AS by,
    said.confirmed_at AS at,
    said.person_id = acting_person() AS own
FROM trace_confirmations AS said
INNER JOIN people ON said.person_id = people.person_id
WHERE said.trace_id = %(trace_id)s
ORDER BY said.n, said.confirmed_at, people.name
