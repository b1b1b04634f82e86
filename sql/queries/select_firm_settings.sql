-- What has the firm settled?
SELECT
    name,
    value
FROM firm_settings
ORDER BY name
