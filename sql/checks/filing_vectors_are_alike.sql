-- Which filings have vectors of other dimensions than others of the same encoder?
WITH measured AS (
    SELECT
        filings.encoder,
        filings.filing_id,
        vector_dims(filing_passages.embedding) AS dimensions
    FROM filing_passages
    INNER JOIN filings ON filing_passages.filing_id = filings.filing_id
),

usual AS (
    SELECT
        encoder,
        mode() WITHIN GROUP (ORDER BY dimensions) AS dimensions
    FROM measured
    GROUP BY encoder
)

SELECT DISTINCT measured.filing_id
FROM measured
INNER JOIN usual ON measured.encoder = usual.encoder
WHERE measured.dimensions <> usual.dimensions
ORDER BY measured.filing_id
