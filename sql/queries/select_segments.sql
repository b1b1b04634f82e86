-- Which segments has the lexical index, in order?
SELECT
    segment,
    passages
FROM segments
ORDER BY segment
