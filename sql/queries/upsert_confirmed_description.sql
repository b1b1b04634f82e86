-- Write what a person says of a filing; it holds until a person says otherwise.
INSERT INTO filing_descriptions (
    filing_id, matter_id, field, value, confidence, confirmed_by, confirmed_at
)
VALUES (
    %(filing_id)s, %(matter_id)s, %(field)s, %(value)s, 1, %(person_id)s, clock_timestamp()
)
ON CONFLICT (filing_id, field) DO UPDATE
    SET
        value = excluded.value,
        confidence = 1,
        confirmed_by = excluded.confirmed_by,
        confirmed_at = excluded.confirmed_at
