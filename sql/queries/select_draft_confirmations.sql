-- Who says to have read what of this draft?
SELECT
    said.n,
    said.version,
    people.name AS by,
    said.confirmed_at AS at,
    said.person_id = acting_person() AS own
FROM draft_confirmations AS said
INNER JOIN people ON said.person_id = people.person_id
WHERE said.draft_id = %(draft_id)s
ORDER BY said.n, said.version, said.confirmed_at, people.name
