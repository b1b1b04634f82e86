-- Which citations, or their sentences, reach beyond their opinion's text?
-- Measured once an opinion, not once a row: a text is unpacked each time it is asked for.
WITH measured AS MATERIALIZED (
    SELECT
        opinion_id,
        case_id,
        length(text) AS characters
    FROM opinions
)

SELECT
    citations.opinion_id,
    citations.ordinal
FROM citations
INNER JOIN measured ON citations.opinion_id = measured.opinion_id
WHERE
    citations.start_offset < 0
    OR citations.start_offset >= citations.end_offset
    OR citations.end_offset > measured.characters
    OR citations.sentence_start < 0
    OR citations.sentence_start > citations.start_offset
    OR citations.sentence_end > measured.characters
    OR citations.case_id <> measured.case_id
ORDER BY citations.opinion_id, citations.ordinal
