-- Is this court known? Its name fills in where so far there was only the id.
INSERT INTO courts AS held (court, name, jurisdiction)
VALUES (%(court)s, coalesce(%(name)s, %(court)s), %(jurisdiction)s)
ON CONFLICT (court) DO UPDATE SET
    name = excluded.name,
    jurisdiction = coalesce(held.jurisdiction, excluded.jurisdiction)
WHERE held.name = held.court AND excluded.name <> held.name
