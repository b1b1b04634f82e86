-- Which postings have not four bytes for a passage and one for how often?
SELECT
    term,
    segment
FROM postings
WHERE
    length(passages) <> 4 * length(frequencies)
    OR length(frequencies) = 0
ORDER BY term, segment
