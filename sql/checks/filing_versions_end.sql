-- Which filings were replaced by what they have replaced?
WITH RECURSIVE versions AS (
    SELECT
        filing_id,
        replaced_by
    FROM filings
    WHERE replaced_by IS NOT null
    UNION
    SELECT
        versions.filing_id,
        filings.replaced_by
    FROM versions
    INNER JOIN filings ON versions.replaced_by = filings.filing_id
    WHERE filings.replaced_by IS NOT null
)

SELECT filing_id
FROM versions
WHERE filing_id = replaced_by
ORDER BY filing_id
