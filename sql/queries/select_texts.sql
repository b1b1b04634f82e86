-- Which filings never were files? Some of them, by number of their matter, then name.
SELECT filings.filing_id
FROM filings
INNER JOIN matters ON filings.matter_id = matters.matter_id
LEFT JOIN uploads ON filings.filing_id = uploads.filing_id
WHERE
    uploads.filing_id IS null
    AND (%(matter_id)s::uuid IS null OR filings.matter_id = %(matter_id)s)
    AND (%(named)s::text = '' OR strpos(lower(filings.name), lower(%(named)s::text)) > 0)
ORDER BY matters.number, filings.name, filings.added_at, filings.filing_id
LIMIT %(most)s::bigint OFFSET %(beyond)s::bigint
