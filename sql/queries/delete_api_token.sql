-- Let a token be worth nothing: one's own, or anybody's. What was it called, and whose was it?
DELETE FROM api_tokens
USING people
WHERE
    api_tokens.person_id = people.person_id
    AND api_tokens.token_id = %(token_id)s
    AND (%(anybodys)s OR api_tokens.person_id = %(person_id)s)
RETURNING api_tokens.name, people.login
