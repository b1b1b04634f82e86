-- By which names do these opinions cite cases?
SELECT
    citations.opinion_id,
    citations.ordinal,
    citations.plaintiff,
    citations.defendant,
    citations.cited_case_id
FROM citations
WHERE
    citations.opinion_id = any(%(opinion_ids)s::integer[])
    AND citations.kind = 'full'
    AND coalesce(citations.plaintiff, citations.defendant) IS NOT null
ORDER BY citations.opinion_id, citations.ordinal
