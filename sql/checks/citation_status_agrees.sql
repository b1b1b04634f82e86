-- Which citations say that they lead to a held case and do not, or the other way round?
SELECT
    opinion_id,
    ordinal
FROM citations
WHERE (status = 'held') <> (cited_case_id IS NOT null)
ORDER BY opinion_id, ordinal
