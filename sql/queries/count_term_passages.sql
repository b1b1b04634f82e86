-- How many passages have each of these terms?
SELECT
    term,
    sum(octet_length(frequencies))::bigint AS passages
FROM postings
WHERE term = any(%(terms)s::text[])
GROUP BY term
ORDER BY term
