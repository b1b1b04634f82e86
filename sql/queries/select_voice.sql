-- How does this person want answers worded?
SELECT voice FROM people
WHERE person_id = %(person_id)s
