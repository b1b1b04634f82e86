-- How does this person want answers worded from now on? Null: as the firm does.
UPDATE people SET voice = %(voice)s
WHERE person_id = %(person_id)s
