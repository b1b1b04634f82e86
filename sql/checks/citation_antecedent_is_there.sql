-- Which short forms point to a citation that is not there, or is not before them?
SELECT
    short.opinion_id,
    short.ordinal
FROM citations AS short
LEFT JOIN citations AS antecedent
    ON short.opinion_id = antecedent.opinion_id AND short.antecedent = antecedent.ordinal
WHERE
    short.antecedent IS NOT null
    AND (antecedent.ordinal IS null OR antecedent.ordinal >= short.ordinal)
ORDER BY short.opinion_id, short.ordinal
