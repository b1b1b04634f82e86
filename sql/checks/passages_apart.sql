-- Which passages of an opinion run into the next one?
SELECT ordered.passage_id
FROM (
    SELECT
        passage_id,
        end_offset,
        lead(start_offset) OVER (PARTITION BY opinion_id ORDER BY start_offset) AS next_start
    FROM passages
) AS ordered
WHERE ordered.end_offset > ordered.next_start
ORDER BY ordered.passage_id
