-- Which passages reach beyond their opinion's text?
-- Measured once an opinion, not once a row: a text is unpacked each time it is asked for.
WITH measured AS MATERIALIZED (
    SELECT
        opinion_id,
        length(text) AS characters
    FROM opinions
)

SELECT passages.passage_id
FROM passages
INNER JOIN measured ON passages.opinion_id = measured.opinion_id
WHERE passages.end_offset > measured.characters
ORDER BY passages.passage_id
