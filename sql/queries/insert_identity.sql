-- Who is this person for single sign-on?
INSERT INTO identities (issuer, subject, person_id)
VALUES (%(issuer)s, %(subject)s, %(person_id)s)
