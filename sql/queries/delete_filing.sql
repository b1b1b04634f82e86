-- Remove a filing with all that was made of it.
DELETE FROM filings
WHERE filing_id = %(filing_id)s
