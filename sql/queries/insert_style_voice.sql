-- Make a voice known by its name; nothing where it is known.
INSERT INTO style_voices (name, made_by)
VALUES (%(name)s, acting_person())
ON CONFLICT (name) DO NOTHING
