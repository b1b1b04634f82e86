-- Which courts may a passage be of?
SELECT court
FROM courts
ORDER BY court
