-- Which passages reach beyond their opinion's text?
SELECT passages.passage_id
FROM passages
INNER JOIN opinions ON passages.opinion_id = opinions.opinion_id
WHERE passages.end_offset > length(opinions.text)
ORDER BY passages.passage_id
