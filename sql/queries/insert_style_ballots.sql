-- Keep ballots on an adapter; whose wording is first is drawn here.
INSERT INTO style_ballots (adapter_id, matter_id, plain, by_adapter, by_other, adapter_first)
SELECT
    %(adapter_id)s,
    given.matter_id,
    given.plain,
    given.by_adapter,
    given.by_other,
    random() < 0.5
FROM jsonb_to_recordset(%(ballots)s::jsonb) AS given (
    matter_id uuid, plain text, by_adapter text, by_other text
)
