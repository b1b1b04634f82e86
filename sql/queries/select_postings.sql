-- Which passages have these terms, and how often?
SELECT
    term,
    segment,
    passages,
    frequencies
FROM postings
WHERE term = any(%(terms)s::text[])
ORDER BY term, segment
