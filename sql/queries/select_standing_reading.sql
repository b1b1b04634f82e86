-- Which earlier reading of this upload's file do searches find? The latest where none is found.
SELECT former.filing_id
FROM uploads
INNER JOIN uploads AS former
    ON
        uploads.matter_id = former.matter_id
        AND uploads.sha256 = former.sha256
        AND uploads.reading > former.reading
INNER JOIN filings ON former.filing_id = filings.filing_id
WHERE uploads.filing_id = %(filing_id)s
ORDER BY filings.replaced_by IS null DESC, former.reading DESC
LIMIT 1
