-- Let the findings of one reading be those of another.
UPDATE filing_findings
SET filing_id = %(other)s
WHERE filing_id = %(one)s
