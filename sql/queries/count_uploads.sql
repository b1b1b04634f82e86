-- How many files were handed in, by how far they are? Of all that may be seen, or of a matter.
SELECT
    uploads.state,
    count(*) AS uploads
FROM uploads
WHERE
    (%(matter_id)s::uuid IS null OR uploads.matter_id = %(matter_id)s)
    AND (%(named)s::text = '' OR strpos(lower(uploads.name), lower(%(named)s::text)) > 0)
    -- A reading that a later one of the same file took the place of is not counted.
    AND NOT EXISTS (
        SELECT FROM filings
        INNER JOIN uploads AS later ON filings.replaced_by = later.filing_id
        WHERE
            filings.filing_id = uploads.filing_id
            AND uploads.matter_id = later.matter_id
            AND uploads.sha256 = later.sha256
    )
GROUP BY uploads.state
ORDER BY uploads.state
