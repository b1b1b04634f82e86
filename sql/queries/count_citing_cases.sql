-- How many cases cite each of these?
SELECT
    citations.cited_case_id AS case_id,
    count(DISTINCT citations.case_id) AS citing
FROM citations
INNER JOIN cases ON citations.case_id = cases.case_id
WHERE
    citations.cited_case_id = any(%(case_ids)s::integer[])
    AND citations.case_id <> citations.cited_case_id
    AND (%(as_of)s::date IS null OR cases.filed_last <= %(as_of)s::date)
GROUP BY citations.cited_case_id
ORDER BY citations.cited_case_id
