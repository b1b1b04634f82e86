-- Say which of two wordings sounds like us, once, of an adapter that may come to speak.
INSERT INTO style_votes (ballot_id, person_id, for_adapter)
SELECT
    ballot.ballot_id,
    acting_person(),
    ballot.adapter_first = %(first)s
FROM style_ballots AS ballot
INNER JOIN style_adapters AS adapter ON ballot.adapter_id = adapter.adapter_id
WHERE ballot.ballot_id = %(ballot_id)s AND adapter.state IN ('evaluated', 'promoted')
ON CONFLICT (ballot_id, person_id) DO NOTHING
