-- Which cases have no opinion?
SELECT cases.case_id
FROM cases
LEFT JOIN opinions ON cases.case_id = opinions.case_id
WHERE opinions.opinion_id IS null
ORDER BY cases.case_id
