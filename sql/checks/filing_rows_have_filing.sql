-- Which passages, words and citations are of filings that are not there?
SELECT told.filing_id
FROM (
    SELECT
        filing_id,
        matter_id
    FROM filing_passages
    UNION
    SELECT
        filing_id,
        matter_id
    FROM filing_postings
    UNION
    SELECT
        filing_id,
        matter_id
    FROM filing_citations
) AS told
LEFT JOIN filings
    ON told.filing_id = filings.filing_id AND told.matter_id = filings.matter_id
WHERE filings.filing_id IS null
ORDER BY told.filing_id
