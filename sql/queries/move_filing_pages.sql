-- Let the pages of one reading be those of another.
UPDATE filing_pages
SET filing_id = %(other)s
WHERE filing_id = %(one)s
