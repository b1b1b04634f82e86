-- Which passages have a vector of other dimensions than their encoder makes?
SELECT passages.passage_id
FROM passages
INNER JOIN encoders ON passages.encoder_id = encoders.encoder_id
WHERE vector_dims(passages.embedding) <> encoders.dimensions
ORDER BY passages.passage_id
