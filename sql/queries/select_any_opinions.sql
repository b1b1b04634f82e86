-- What have courts written, whoever signed it? In an order as by lot.
SELECT text
FROM opinions
WHERE length(text) >= %(characters)s
ORDER BY md5(opinion_id::text), opinion_id
LIMIT %(most)s
