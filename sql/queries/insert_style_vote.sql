-- Say which of two wordings sounds like us, once.
INSERT INTO style_votes (ballot_id, person_id, for_adapter)
SELECT
    ballot.ballot_id,
    acting_person(),
    ballot.adapter_first = %(first)s
FROM style_ballots AS ballot
WHERE ballot.ballot_id = %(ballot_id)s
ON CONFLICT (ballot_id, person_id) DO NOTHING
