-- Which password has this person, as a hash?
SELECT hash FROM passwords
WHERE person_id = %(person_id)s
