-- Which case has this source id?
SELECT case_id
FROM cases
WHERE source_id = %(source_id)s
