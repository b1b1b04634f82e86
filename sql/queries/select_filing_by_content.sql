-- Which filing of this matter has this very text?
SELECT filing_id
FROM filings
WHERE matter_id = %(matter_id)s AND content_sha256 = %(content_sha256)s
