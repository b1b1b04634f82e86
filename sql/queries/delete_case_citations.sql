-- Which reporter citations of these cases are to be replaced?
DELETE FROM case_citations
WHERE case_id = any(%(case_ids)s)
