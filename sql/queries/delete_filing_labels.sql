-- Forget what was taken out of a filing's text.
DELETE FROM filing_labels
WHERE filing_id = %(filing_id)s
