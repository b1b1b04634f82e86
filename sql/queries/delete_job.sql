-- Ask for no more work on an upload.
DELETE FROM jobs
WHERE filing_id = %(filing_id)s
