-- Which passages of filings do not lie inside their filing's text, or belong to another matter?
SELECT
    filing_passages.filing_id,
    filing_passages.ordinal
FROM filing_passages
INNER JOIN filings ON filing_passages.filing_id = filings.filing_id
WHERE
    filing_passages.end_offset > length(filings.text)
    OR filing_passages.matter_id <> filings.matter_id
ORDER BY filing_passages.filing_id, filing_passages.ordinal
