-- Where do a filing's footnotes begin?
SELECT footnotes_start
FROM filings
WHERE filing_id = %(filing_id)s
