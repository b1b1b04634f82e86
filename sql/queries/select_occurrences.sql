-- Where in which passages do these terms stand?
SELECT
    term,
    segment,
    passages,
    frequencies,
    positions
FROM postings
WHERE term = any(%(terms)s::text[])
ORDER BY term, segment
