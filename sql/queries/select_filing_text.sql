-- What does a filing say?
SELECT text
FROM filings
WHERE filing_id = %(filing_id)s
