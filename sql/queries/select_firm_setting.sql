-- What is this setting now?
SELECT value
FROM firm_settings
WHERE name = %(name)s
