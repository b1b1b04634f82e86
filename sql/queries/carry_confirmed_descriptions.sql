-- Let what people said of one reading be said of another too, unless they said otherwise since.
INSERT INTO filing_descriptions (
    filing_id, matter_id, field, value, confidence, confirmed_by, confirmed_at
)
SELECT
    %(other)s,
    matter_id,
    field,
    value,
    confidence,
    confirmed_by,
    confirmed_at
FROM filing_descriptions
WHERE filing_id = %(one)s AND confirmed_by IS NOT null
ON CONFLICT (filing_id, field) DO UPDATE
    SET
        value = excluded.value,
        confidence = excluded.confidence,
        confirmed_by = excluded.confirmed_by,
        confirmed_at = excluded.confirmed_at
    WHERE
    filing_descriptions.confirmed_at IS null
    OR filing_descriptions.confirmed_at < excluded.confirmed_at
