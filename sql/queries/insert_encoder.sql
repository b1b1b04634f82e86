-- What is the id of this encoder, now that vectors are made with it?
INSERT INTO encoders (name, fingerprint, dimensions)
VALUES (%(name)s, %(fingerprint)s, %(dimensions)s)
RETURNING encoder_id
