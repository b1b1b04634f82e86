-- Which opinions of these cases are to be replaced? Their passages and citations go with them.
DELETE FROM opinions
WHERE case_id = any(%(case_ids)s)
