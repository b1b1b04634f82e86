-- What is this setting now, and nobody else changes it before we have?
SELECT value
FROM firm_settings
WHERE name = %(name)s
FOR UPDATE
