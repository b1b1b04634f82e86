-- Which postings belong to a segment that is not there, and which segments have no postings?
SELECT
    postings.segment,
    segments.segment AS known
FROM (SELECT DISTINCT postings.segment FROM postings) AS postings
FULL JOIN segments ON postings.segment = segments.segment
WHERE
    segments.segment IS null
    OR (postings.segment IS null AND segments.passages > 0)
ORDER BY postings.segment, segments.segment
