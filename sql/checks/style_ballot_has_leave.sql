-- Is there a ballot on the wording of an adapter that saw what may teach no more?
SELECT
    ballot.ballot_id,
    held.source
FROM style_ballots AS ballot
INNER JOIN style_adapters AS adapter ON ballot.adapter_id = adapter.adapter_id
INNER JOIN style_sources AS held ON adapter.dataset_id = held.dataset_id
WHERE held.withdrawn_at IS NOT null
ORDER BY ballot.ballot_id, held.source
