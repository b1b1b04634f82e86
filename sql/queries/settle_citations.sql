-- Which citations lead elsewhere than before?
UPDATE citations SET
    status = fates.status,
    cited_case_id = fates.cited_case_id
FROM fates
WHERE
    citations.opinion_id = fates.opinion_id
    AND citations.ordinal = fates.ordinal
    AND (
        citations.status <> fates.status
        OR citations.cited_case_id IS DISTINCT FROM fates.cited_case_id
    )
