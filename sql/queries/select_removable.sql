-- What are these filings or uploads, with all readings of them and all that came in them? What came
-- in another stands first. A new reading that takes no former one's place yet goes alone.
WITH RECURSIVE wanted AS (
    SELECT
        uploads.filing_id,
        0 AS depth
    FROM uploads AS named
    INNER JOIN uploads
        ON
            named.matter_id = uploads.matter_id
            AND named.sha256 = uploads.sha256
            AND (
                named.reading = 1
                OR named.state = 'searchable'
                OR named.filing_id = uploads.filing_id
            )
    WHERE named.filing_id = any(%(filing_ids)s::uuid[])
    UNION
    SELECT
        uploads.filing_id,
        wanted.depth + 1
    FROM uploads
    INNER JOIN wanted ON uploads.part_of = wanted.filing_id
),

every AS (
    SELECT
        filing_id,
        max(depth) AS depth
    FROM wanted
    GROUP BY filing_id
    UNION ALL
    SELECT
        filing_id,
        0 AS depth
    FROM filings
    WHERE
        filing_id = any(%(filing_ids)s::uuid[])
        AND filing_id NOT IN (SELECT wanted.filing_id FROM wanted)
)

SELECT
    every.filing_id,
    uploads.sha256,
    uploads.bytes,
    filings.passages,
    coalesce(uploads.matter_id, filings.matter_id) AS matter_id,
    coalesce(filings.name, uploads.name) AS name
FROM every
LEFT JOIN uploads ON every.filing_id = uploads.filing_id
LEFT JOIN filings ON every.filing_id = filings.filing_id
ORDER BY every.depth DESC, every.filing_id ASC
