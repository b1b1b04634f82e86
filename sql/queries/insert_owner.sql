-- Who is the owner? Made where there is none yet.
INSERT INTO people (login, name, roles, is_owner)
VALUES (%(login)s, 'Owner', %(roles)s::text[], true)
ON CONFLICT DO NOTHING
