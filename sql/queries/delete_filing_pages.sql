-- Forget the pages of a filing.
DELETE FROM filing_pages
WHERE filing_id = %(filing_id)s
