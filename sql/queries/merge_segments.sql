-- How many terms has the one segment that replaces this one and all after it?
-- Passages of later segments have higher numbers, so that joining keeps them ascending.
WITH merged AS (
    INSERT INTO segments (passages, merged_at)
    SELECT
        sum(passages),
        now()
    FROM segments
    WHERE segment >= %(first)s
    RETURNING segment
),

gone AS (
    DELETE FROM segments
    WHERE segment >= %(first)s
),

parts AS (
    DELETE FROM postings
    WHERE segment >= %(first)s
    RETURNING term, segment, passages, frequencies, positions
)

INSERT INTO postings (term, segment, passages, frequencies, positions)
SELECT
    parts.term,
    merged.segment,
    string_agg(parts.passages, ''::bytea ORDER BY parts.segment),
    string_agg(parts.frequencies, ''::bytea ORDER BY parts.segment),
    string_agg(parts.positions, ''::bytea ORDER BY parts.segment)
FROM parts
CROSS JOIN merged
GROUP BY parts.term, merged.segment
