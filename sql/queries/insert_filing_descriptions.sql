-- Write what a filing is thought to be; what a person confirmed is not overwritten.
INSERT INTO filing_descriptions (filing_id, matter_id, field, value, confidence)
SELECT
    %(filing_id)s,
    %(matter_id)s,
    given.field,
    given.value,
    given.confidence
FROM
    unnest(%(fields)s::text[], %(given)s::text[], %(confidences)s::real[])
        AS given (field, value, confidence)
ON CONFLICT DO NOTHING
