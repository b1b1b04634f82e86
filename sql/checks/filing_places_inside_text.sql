-- Which pages, findings, labels and citations of filings do not lie inside their filing's text?
WITH placed AS (
    SELECT
        filing_id,
        least(start_offset, notes_start) AS first,
        greatest(end_offset, notes_end) AS last
    FROM filing_pages
    UNION ALL
    SELECT
        filing_id,
        start_offset AS first,
        end_offset AS last
    FROM filing_findings
    UNION ALL
    SELECT
        filing_id,
        at_offset AS first,
        at_offset AS last
    FROM filing_labels
    UNION ALL
    SELECT
        filing_id,
        full_start AS first,
        full_end AS last
    FROM filing_citations
)

SELECT DISTINCT filings.filing_id
FROM filings
INNER JOIN placed ON filings.filing_id = placed.filing_id
WHERE placed.first < 0 OR placed.last < placed.first OR placed.last > length(filings.text)
ORDER BY filings.filing_id
