-- Which printed pages begin beyond their opinion's text?
-- Measured once an opinion, not once a row: a text is unpacked each time it is asked for.
WITH measured AS MATERIALIZED (
    SELECT
        opinion_id,
        length(text) AS characters
    FROM opinions
)

SELECT
    pages.opinion_id,
    pages.start_offset
FROM pages
INNER JOIN measured ON pages.opinion_id = measured.opinion_id
WHERE pages.start_offset < 0 OR pages.start_offset > measured.characters
ORDER BY pages.opinion_id, pages.start_offset
