-- Which encoders were the vectors of this library made with?
SELECT
    encoder_id,
    name,
    fingerprint,
    dimensions
FROM encoders
ORDER BY encoder_id
