-- Is this the first time that it is used?
INSERT INTO vouchers (sha256)
VALUES (%(sha256)s)
ON CONFLICT DO NOTHING
