-- Which uploads have the words of this filing, and are read there?
SELECT filing_id
FROM uploads
WHERE duplicate_of = %(filing_id)s
ORDER BY accepted_at, filing_id
