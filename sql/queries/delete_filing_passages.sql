-- Forget the passages of a filing, before they are made anew.
DELETE FROM filing_passages
WHERE filing_id = %(filing_id)s
