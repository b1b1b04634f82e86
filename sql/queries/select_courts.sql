-- Which courts are held, and how many cases of each?
SELECT
    courts.court,
    courts.name,
    courts.jurisdiction,
    count(*) AS cases
FROM courts
INNER JOIN cases ON courts.court = cases.court
GROUP BY courts.court
ORDER BY courts.name, courts.court
