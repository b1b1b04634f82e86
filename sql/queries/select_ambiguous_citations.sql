-- Which of the citations just resolved lead to more than one case?
SELECT
    opinion_id,
    ordinal
FROM fates
WHERE status = 'ambiguous'
ORDER BY opinion_id, ordinal
