-- Let what a filing had replaced be replaced by what has replaced it: by nothing, where it is the
-- latest.
UPDATE filings
SET replaced_by = newer.replaced_by
FROM filings AS newer
WHERE filings.replaced_by = newer.filing_id AND newer.filing_id = %(filing_id)s
