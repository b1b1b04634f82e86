-- Which cases stand where these citations point, and what are they called there and here?
SELECT DISTINCT
    citations.opinion_id,
    citations.ordinal,
    citations.plaintiff,
    citations.defendant,
    cases.case_id,
    cases.case_name
FROM
    unnest(
        %(opinion_ids)s::integer[], %(ordinals)s::integer[]
    ) AS doubtful (opinion_id, ordinal)
INNER JOIN citations
    ON doubtful.opinion_id = citations.opinion_id AND doubtful.ordinal = citations.ordinal
INNER JOIN case_citations AS held
    ON
        citations.reporter = held.reporter
        AND citations.volume = held.volume
        AND citations.page = held.page
INNER JOIN cases ON held.case_id = cases.case_id
ORDER BY citations.opinion_id, citations.ordinal, cases.case_id
