-- Which cases have all these words in their name?
WITH wanted AS (
    SELECT array_agg(spoken.word) AS words
    FROM unnest(name_words(%(caption)s)) AS spoken (word)
    WHERE spoken.word NOT IN ('v', 'vs', 'versus', 'in', 're', 'ex', 'parte', 'the', 'et', 'al')
)

SELECT
    case_id,
    source_id
FROM cases
WHERE name_words(case_name) @> (SELECT wanted.words FROM wanted)
ORDER BY cardinality(name_words(case_name)), source_id
LIMIT %(most)s
