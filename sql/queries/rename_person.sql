-- What does this person sign in by, and what is he called? Nothing is done where the name is taken.
UPDATE people SET login = %(login)s, name = %(name)s
WHERE
    person_id = %(person_id)s
    AND NOT EXISTS (
        SELECT FROM people AS other
        WHERE lower(other.login) = lower(%(login)s) AND other.person_id <> %(person_id)s
    )
