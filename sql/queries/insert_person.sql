-- Who is the person, now known? No row where the name is taken.
INSERT INTO people (login, name, roles)
VALUES (%(login)s, %(name)s, %(roles)s::text[])
ON CONFLICT DO NOTHING
RETURNING
    person_id,
    login,
    name,
    roles,
    is_owner,
    disabled_at IS NOT null AS disabled
