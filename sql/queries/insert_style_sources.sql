-- Write into the ledger what a dataset was made of, and by whose leave.
INSERT INTO style_sources
(
    dataset_id, source, matter_id, filing_id, author, half, examples, words,
    consented_by, consented_at
)
SELECT
    %(dataset_id)s,
    given.source,
    given.matter_id,
    given.filing_id,
    given.author,
    given.half,
    given.examples,
    given.words,
    matters.taught_by,
    matters.taught_since
FROM
    jsonb_to_recordset(%(sources)s::jsonb)
        AS given (
            source text, matter_id uuid, filing_id uuid, author text, half text, examples integer,
            words integer
        )
LEFT JOIN matters ON given.matter_id = matters.matter_id
