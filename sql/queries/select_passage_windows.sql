-- What do these passages say, with a little of what comes after?
-- An opinion is unpacked once, however many of its passages are read: that is what takes the time.
WITH wanted AS (
    SELECT
        passage_id,
        opinion_id,
        start_offset,
        end_offset
    FROM passages
    WHERE passage_id = any(%(passage_ids)s::integer[])
),

unpacked AS MATERIALIZED (
    SELECT
        opinion_id,
        text || '' AS text
    FROM opinions
    WHERE opinion_id IN (SELECT wanted.opinion_id FROM wanted)
)

SELECT
    wanted.passage_id,
    substring(
        unpacked.text
        FROM wanted.start_offset + 1
        FOR wanted.end_offset - wanted.start_offset + %(beyond)s::integer
    ) AS text
FROM wanted
INNER JOIN unpacked ON wanted.opinion_id = unpacked.opinion_id
ORDER BY wanted.passage_id
