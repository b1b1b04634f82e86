-- Let nothing be changed in these uploads, and nothing put into them, until the transaction ends.
SELECT filing_id
FROM uploads
WHERE filing_id = any(%(filing_ids)s::uuid[])
ORDER BY filing_id
FOR UPDATE
