-- What is known of these filings besides their text?
SELECT
    filing_descriptions.filing_id,
    filing_descriptions.field,
    filing_descriptions.value,
    filing_descriptions.confidence,
    people.name AS confirmed_by
FROM filing_descriptions
LEFT JOIN people ON filing_descriptions.confirmed_by = people.person_id
WHERE filing_descriptions.filing_id = any(%(filing_ids)s::uuid[])
ORDER BY filing_descriptions.filing_id, filing_descriptions.field
