-- Forget what was found in a filing.
DELETE FROM filing_findings
WHERE filing_id = %(filing_id)s
