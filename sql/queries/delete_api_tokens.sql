-- Let all tokens of a person be worth nothing.
DELETE FROM api_tokens
WHERE person_id = %(person_id)s
