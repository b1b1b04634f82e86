-- How many filings never were files? Of all that may be seen, or of a matter.
SELECT count(*) AS texts
FROM filings
LEFT JOIN uploads ON filings.filing_id = uploads.filing_id
WHERE
    uploads.filing_id IS null
    AND (%(matter_id)s::uuid IS null OR filings.matter_id = %(matter_id)s)
    AND (%(named)s::text = '' OR strpos(lower(filings.name), lower(%(named)s::text)) > 0)
