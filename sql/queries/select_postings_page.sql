-- What are the next postings after this term?
SELECT
    term,
    segment,
    passages,
    frequencies,
    positions
FROM postings
WHERE
    term IN (
        SELECT DISTINCT later.term
        FROM postings AS later
        WHERE later.term > %(after)s AND later.segment < %(before)s
        ORDER BY later.term
        LIMIT %(most)s
    )
    AND segment < %(before)s
ORDER BY term, segment
