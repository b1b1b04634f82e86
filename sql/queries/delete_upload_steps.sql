-- Forget what the steps made of an upload.
DELETE FROM upload_steps
WHERE filing_id = %(filing_id)s
