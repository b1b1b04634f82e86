-- Let what one reading is thought to be be thought of another, but for what a person said of it.
INSERT INTO filing_descriptions (filing_id, matter_id, field, value, confidence)
SELECT
    %(other)s,
    matter_id,
    field,
    value,
    confidence
FROM filing_descriptions
WHERE filing_id = %(one)s AND confirmed_by IS null
ON CONFLICT DO NOTHING
