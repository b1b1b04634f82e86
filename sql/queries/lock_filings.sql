-- Let nobody else change these filings until the transaction ends.
SELECT filing_id
FROM filings
WHERE filing_id = any(%(filing_ids)s::uuid[])
ORDER BY filing_id
FOR UPDATE
