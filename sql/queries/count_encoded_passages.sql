-- Which encoders does the library know, and how many passages have vectors of each?
SELECT
    encoders.encoder_id,
    encoders.name,
    encoders.fingerprint,
    encoders.dimensions,
    count(passages.passage_id) AS passages
FROM encoders
LEFT JOIN passages ON encoders.encoder_id = passages.encoder_id
GROUP BY encoders.encoder_id
ORDER BY encoders.encoder_id
