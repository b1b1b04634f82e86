-- Forget the postings of a filing, before they are made anew.
DELETE FROM filing_postings
WHERE filing_id = %(filing_id)s
