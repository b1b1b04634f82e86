-- Which postings have not four bytes for a passage, one for how often, and two for each time?
SELECT
    term,
    segment
FROM postings
WHERE
    length(passages) <> 4 * length(frequencies)
    OR length(frequencies) = 0
    OR length(positions) <> 2 * (
        SELECT sum(get_byte(frequencies, place))
        FROM generate_series(0, length(frequencies) - 1) AS place
    )
ORDER BY term, segment
