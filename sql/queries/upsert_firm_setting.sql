-- What does the firm settle?
INSERT INTO firm_settings (name, value, set_by)
VALUES (%(name)s, %(value)s::jsonb, acting_person())
ON CONFLICT (name) DO UPDATE SET
    value = excluded.value,
    set_by = excluded.set_by,
    set_at = now()
