-- How many things done may the acting person know of?
SELECT count(*)
FROM audit_entries
