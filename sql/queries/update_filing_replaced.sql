-- Let another filing take the place of this one, or of none.
UPDATE filings
SET replaced_by = %(replaced_by)s
WHERE filing_id = %(filing_id)s
