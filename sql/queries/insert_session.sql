-- Where is this person signed in from now on?
INSERT INTO sessions (token_sha256, person_id, address, browser)
VALUES (%(token_sha256)s, %(person_id)s, %(address)s, %(browser)s)
