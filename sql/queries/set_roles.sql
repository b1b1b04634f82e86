-- What may this person be?
UPDATE people SET roles = %(roles)s::text[]
WHERE person_id = %(person_id)s
