-- Who is the owner, now made? No row where there is one already.
INSERT INTO people (login, name, roles, is_owner)
VALUES (%(login)s, 'Owner', %(roles)s::text[], true)
ON CONFLICT DO NOTHING
RETURNING person_id
