-- What was found in a filing that somebody should see?
SELECT
    kind,
    page,
    start_offset,
    end_offset,
    words
FROM filing_findings
WHERE filing_id = %(filing_id)s
ORDER BY ordinal
