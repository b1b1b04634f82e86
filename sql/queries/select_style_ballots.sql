-- On which ballots has whoever asks not voted yet?
SELECT
    ballot.ballot_id,
    ballot.plain,
    CASE WHEN ballot.adapter_first THEN ballot.by_adapter ELSE ballot.by_other END AS first,
    CASE WHEN ballot.adapter_first THEN ballot.by_other ELSE ballot.by_adapter END AS second
FROM style_ballots AS ballot
WHERE
    ballot.adapter_id = %(adapter_id)s
    AND NOT EXISTS (
        SELECT FROM style_votes AS vote
        WHERE vote.ballot_id = ballot.ballot_id AND vote.person_id = acting_person()
    )
ORDER BY ballot.made_at, ballot.ballot_id
