-- Which filings are these, by whom and when were they added? Those of a matter, or some by id.
SELECT
    filings.filing_id,
    filings.matter_id,
    filings.name,
    filings.passages,
    people.name AS added_by,
    filings.added_at,
    filings.replaced_by,
    filings.characters,
    coalesce(uploads.reading, 1) AS reading
FROM filings
INNER JOIN people ON filings.added_by = people.person_id
INNER JOIN matters ON filings.matter_id = matters.matter_id
LEFT JOIN uploads ON filings.filing_id = uploads.filing_id
WHERE
    (%(matter_id)s::uuid IS null OR filings.matter_id = %(matter_id)s)
    AND (%(filing_ids)s::uuid[] IS null OR filings.filing_id = any(%(filing_ids)s::uuid[]))
ORDER BY matters.number, filings.name, filings.added_at, filings.filing_id
