-- Say which version of the pipeline looked at a filing last.
UPDATE filings
SET pipeline = %(pipeline)s
WHERE filing_id = %(filing_id)s
