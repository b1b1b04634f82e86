-- Of which files do searches find two readings?
SELECT max(uploads.filing_id::text) AS filing_id
FROM uploads
INNER JOIN filings ON uploads.filing_id = filings.filing_id
WHERE filings.replaced_by IS null
GROUP BY uploads.matter_id, uploads.sha256
HAVING count(*) > 1
ORDER BY filing_id
