-- Keep the passages of a dataset.
INSERT INTO style_examples (dataset_id, ordinal, source, matter_id, plain, own)
SELECT
    %(dataset_id)s,
    given.ordinal,
    given.source,
    given.matter_id,
    given.plain,
    given.own
FROM jsonb_to_recordset(%(examples)s::jsonb) AS given (
    ordinal integer, source text, matter_id uuid, plain text, own text
)
