-- Which citations, or their sentences, reach beyond their opinion's text?
SELECT
    citations.opinion_id,
    citations.ordinal
FROM citations
INNER JOIN opinions ON citations.opinion_id = opinions.opinion_id
WHERE
    citations.start_offset < 0
    OR citations.start_offset >= citations.end_offset
    OR citations.end_offset > length(opinions.text)
    OR citations.sentence_start < 0
    OR citations.sentence_start > citations.start_offset
    OR citations.sentence_end > length(opinions.text)
    OR citations.case_id <> opinions.case_id
ORDER BY citations.opinion_id, citations.ordinal
