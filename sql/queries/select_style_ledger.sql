-- What taught an adapter, or a dataset, and by whose leave? As far as whoever asks may know of it.
SELECT
    held.source,
    held.matter_id,
    held.filing_id,
    filings.name AS filing,
    held.half,
    held.examples,
    held.words,
    people.name AS consented_by,
    held.consented_at,
    held.withdrawn_at,
    held.withdrawn_because,
    matters.number || ' ' || matters.name AS matter
FROM style_sources AS held
LEFT JOIN matters ON held.matter_id = matters.matter_id
LEFT JOIN filings ON held.filing_id = filings.filing_id
LEFT JOIN people ON held.consented_by = people.person_id
WHERE
    held.dataset_id = coalesce(
        %(dataset_id)s::uuid,
        (
            SELECT style_adapters.dataset_id
            FROM style_adapters
            WHERE style_adapters.adapter_id = %(adapter_id)s
        )
    )
ORDER BY matter, filing, held.source
