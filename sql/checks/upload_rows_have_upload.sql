-- What is known of uploads that are not there?
SELECT told.filing_id
FROM (
    SELECT
        filing_id,
        matter_id
    FROM jobs
    UNION
    SELECT
        filing_id,
        matter_id
    FROM upload_steps
    UNION
    SELECT
        filing_id,
        matter_id
    FROM filing_descriptions
    UNION
    SELECT
        filing_id,
        matter_id
    FROM filing_findings
    UNION
    SELECT
        filing_id,
        matter_id
    FROM filing_pages
    UNION
    SELECT
        filing_id,
        matter_id
    FROM filing_labels
) AS told
LEFT JOIN uploads
    ON told.filing_id = uploads.filing_id AND told.matter_id = uploads.matter_id
WHERE uploads.filing_id IS null
ORDER BY told.filing_id
