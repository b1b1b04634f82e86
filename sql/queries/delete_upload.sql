-- Remove an upload with all that was found out about it, and the work that was to be done on it.
DELETE FROM uploads
WHERE filing_id = %(filing_id)s
