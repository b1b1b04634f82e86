-- Where are the bytes of this upload, and what is to be known for working on it?
WITH RECURSIVE above AS (
    SELECT
        uploads.part_of,
        0 AS depth
    FROM uploads
    WHERE uploads.filing_id = %(filing_id)s
    UNION ALL
    SELECT
        uploads.part_of,
        above.depth + 1 AS depth
    FROM above
    INNER JOIN uploads ON above.part_of = uploads.filing_id
    WHERE above.depth < 100
)

SELECT
    uploads.filing_id,
    uploads.matter_id,
    uploads.name,
    uploads.kind,
    uploads.bytes,
    uploads.sha256,
    uploads.state,
    uploads.reading,
    matters.asks_release,
    uploads.released_at IS NOT null AS released,
    (SELECT max(above.depth) FROM above) AS depth
FROM uploads
INNER JOIN matters ON uploads.matter_id = matters.matter_id
WHERE uploads.filing_id = %(filing_id)s
