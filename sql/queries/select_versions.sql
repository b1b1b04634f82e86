-- Which filings are versions of this one, itself among them?
WITH RECURSIVE versions AS (
    SELECT
        filing_id,
        replaced_by
    FROM filings
    WHERE filing_id = %(filing_id)s
    UNION
    SELECT
        filings.filing_id,
        filings.replaced_by
    FROM filings
    INNER JOIN versions
        ON
            filings.replaced_by = versions.filing_id
            OR filings.filing_id = versions.replaced_by
)

SELECT filing_id
FROM versions
ORDER BY filing_id
