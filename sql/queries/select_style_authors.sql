-- Who has signed how many opinions long enough to count habits in? The most first.
SELECT
    author,
    count(*) AS opinions
FROM opinions
WHERE author IS NOT null AND author <> '' AND length(text) >= %(characters)s
GROUP BY author
HAVING count(*) >= %(fewest)s
ORDER BY count(*) DESC, author
