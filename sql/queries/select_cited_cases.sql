-- Which citations in this case's opinions lead to a case that the library holds?
SELECT
    citations.opinion_id,
    citations.start_offset,
    citations.end_offset,
    citations.pincite,
    citations.cited_case_id
FROM citations
INNER JOIN opinions ON citations.opinion_id = opinions.opinion_id
WHERE
    citations.case_id = %(case_id)s
    AND citations.cited_case_id IS NOT null
ORDER BY opinions.ordinal, citations.start_offset, citations.ordinal
