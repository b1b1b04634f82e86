-- On which ballots has whoever asks not voted yet, of this adapter or all that may come to speak? A
-- plain line that is one of the two wordings is not told: it would say which.
SELECT
    ballot.ballot_id,
    ballot.adapter_id,
    voice.name AS voice,
    nullif(nullif(ballot.plain, ballot.by_adapter), ballot.by_other) AS plain,
    CASE WHEN ballot.adapter_first THEN ballot.by_adapter ELSE ballot.by_other END AS first,
    CASE WHEN ballot.adapter_first THEN ballot.by_other ELSE ballot.by_adapter END AS second
FROM style_ballots AS ballot
INNER JOIN style_adapters AS adapter ON ballot.adapter_id = adapter.adapter_id
INNER JOIN style_voices AS voice ON adapter.voice_id = voice.voice_id
WHERE
    (%(adapter_id)s::uuid IS null OR ballot.adapter_id = %(adapter_id)s)
    AND adapter.state IN ('evaluated', 'promoted')
    AND NOT EXISTS (
        SELECT FROM style_votes AS vote
        WHERE vote.ballot_id = ballot.ballot_id AND vote.person_id = acting_person()
    )
ORDER BY ballot.made_at, ballot.ballot_id
