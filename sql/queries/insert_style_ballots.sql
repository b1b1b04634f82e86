-- Keep ballots on an adapter, of what whoever asks may read; whose wording is first is drawn here.
INSERT INTO style_ballots (adapter_id, matter_id, plain, by_adapter, by_other, adapter_first)
SELECT
    adapter.adapter_id,
    held.matter_id,
    given.plain,
    given.by_adapter,
    given.by_other,
    random() < 0.5
FROM
    jsonb_to_recordset(%(ballots)s::jsonb)
        AS given (
            source text, plain text, by_adapter text, by_other text
        )
INNER JOIN style_adapters AS adapter ON adapter.adapter_id = %(adapter_id)s
INNER JOIN style_sources AS held
    ON adapter.dataset_id = held.dataset_id AND given.source = held.source
WHERE held.matter_id IS null OR held.matter_id = any((SELECT readable_matters())::uuid[])
