-- Which administrators are there? Nobody changes that while we look.
SELECT person_id
FROM people
WHERE 'admin' = any(roles) AND disabled_at IS null
ORDER BY person_id
FOR UPDATE
