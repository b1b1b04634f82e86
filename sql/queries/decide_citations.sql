-- Which case do these citations, and the short forms that point to them, lead to after all?
UPDATE citations SET
    status = 'held',
    cited_case_id = decided.case_id
FROM
    unnest(
        %(opinion_ids)s::integer[], %(ordinals)s::integer[], %(case_ids)s::integer[]
    ) AS decided (opinion_id, ordinal, case_id)
WHERE
    citations.opinion_id = decided.opinion_id
    AND (
        citations.ordinal = decided.ordinal
        OR (citations.antecedent = decided.ordinal AND citations.kind <> 'full')
    )
