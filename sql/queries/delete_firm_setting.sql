-- Which setting does the firm no longer make?
DELETE FROM firm_settings
WHERE name = %(name)s
