-- Write the same password at the cost of today.
UPDATE passwords SET hash = %(hash)s
WHERE person_id = %(person_id)s AND hash = %(former)s
