-- What stands in these filings, of matters that consent and that whoever asks may read?
SELECT filings.text
FROM filings
INNER JOIN matters ON filings.matter_id = matters.matter_id
WHERE
    filings.filing_id = any(%(filings)s::uuid[])
    AND matters.teaches_style
    AND filings.matter_id = any((SELECT readable_matters())::uuid[])
ORDER BY filings.filing_id
