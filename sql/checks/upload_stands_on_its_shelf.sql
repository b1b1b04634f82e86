-- Which uploads are said to be found, and stand on no shelf, nor has another of the same words?
SELECT uploads.filing_id
FROM uploads
LEFT JOIN filings
    ON
        uploads.matter_id = filings.matter_id
        AND filings.filing_id IN (uploads.filing_id, uploads.duplicate_of)
WHERE uploads.state = 'searchable' AND filings.filing_id IS null
ORDER BY uploads.filing_id
