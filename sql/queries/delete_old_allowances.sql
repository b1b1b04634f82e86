-- Which of this person's counts are of no use any more?
DELETE FROM allowances
WHERE person_id = %(person_id)s AND since < now() - interval '2 days'
