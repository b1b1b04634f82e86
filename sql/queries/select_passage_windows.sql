-- What do these passages say, with a little of what comes after?
SELECT
    passages.passage_id,
    substring(
        opinions.text
        FROM passages.start_offset + 1
        FOR passages.end_offset - passages.start_offset + %(beyond)s::integer
    ) AS text
FROM passages
INNER JOIN opinions ON passages.opinion_id = opinions.opinion_id
WHERE passages.passage_id = any(%(passage_ids)s::integer[])
ORDER BY passages.passage_id
