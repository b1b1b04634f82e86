-- Let the labels of one reading be those of another.
UPDATE filing_labels
SET filing_id = %(other)s
WHERE filing_id = %(one)s
