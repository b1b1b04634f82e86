-- Which short forms now share another fate of the full citation that they point to?
UPDATE citations SET
    status = fates.status,
    cited_case_id = fates.cited_case_id
FROM fates
WHERE
    citations.opinion_id = fates.opinion_id
    AND citations.antecedent = fates.ordinal
    AND citations.kind <> 'full'
    AND (
        citations.status <> fates.status
        OR citations.cited_case_id IS DISTINCT FROM fates.cited_case_id
    )
