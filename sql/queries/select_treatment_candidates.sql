-- Where may later cases say how they treat these, and in which words?
WITH cued AS (
    SELECT
        citations.cited_case_id,
        cues.opinion_id,
        cues.start_offset,
        citing.case_id,
        min(cues.strength) AS strength,
        max(citations.sentence_end) AS sentence_end,
        row_number() OVER (
            PARTITION BY citations.cited_case_id, min(cues.strength)
            -- Its own court first: it, and those above it, can undo what was said.
            ORDER BY
                citing.court = cited.court DESC, citing.filed_last DESC NULLS LAST,
                citing.case_id ASC, cues.opinion_id ASC, cues.start_offset ASC
        ) AS nth
    FROM citations
    INNER JOIN treatment_cues AS cues
        ON citations.opinion_id = cues.opinion_id AND citations.ordinal = cues.ordinal
    INNER JOIN cases AS citing ON citations.case_id = citing.case_id
    INNER JOIN cases AS cited ON citations.cited_case_id = cited.case_id
    WHERE
        citations.cited_case_id = any(%(case_ids)s::integer[])
        AND citations.case_id <> citations.cited_case_id
        AND (%(as_of)s::date IS null OR citing.filed_last <= %(as_of)s::date)
        -- What was decided before it cannot treat it: that citation was misread.
        AND coalesce(citing.filed_last >= cited.filed_first, true)
    GROUP BY
        citations.cited_case_id, cues.opinion_id, cues.start_offset, citing.case_id,
        citing.court, cited.court, citing.filed_last
),

-- Enough of the sentence, and of what stands before it, to see which case "it" is.
windows AS (
    SELECT
        cued.cited_case_id,
        cued.case_id,
        cued.opinion_id,
        opinions.kind,
        cued.strength,
        cued.nth,
        cued.start_offset,
        opinions.text,
        greatest(cued.start_offset - CASE cued.strength WHEN 1 THEN 900 ELSE 250 END, 0)
            AS window_start,
        CASE cued.strength
            WHEN 1 THEN cued.start_offset + 600
            ELSE least(cued.sentence_end, cued.start_offset + 1200)
        END AS window_end
    FROM cued
    INNER JOIN opinions ON cued.opinion_id = opinions.opinion_id
    WHERE cued.nth <= CASE cued.strength WHEN 1 THEN 24 WHEN 2 THEN 8 ELSE 4 END
)

SELECT
    windows.cited_case_id,
    windows.case_id,
    windows.opinion_id,
    windows.kind,
    windows.strength,
    windows.window_start,
    pointed.starts,
    pointed.ends,
    pointed.full_ordinals,
    pointed.cited_case_ids,
    pointed.plaintiffs,
    pointed.defendants,
    windows.start_offset - windows.window_start AS cue,
    substring(
        windows.text FROM windows.window_start + 1 FOR windows.window_end - windows.window_start
    ) AS text
FROM windows
CROSS JOIN
    LATERAL (
        SELECT
            coalesce(array_agg(inside.start_offset ORDER BY inside.ordinal), '{}') AS starts,
            coalesce(array_agg(inside.end_offset ORDER BY inside.ordinal), '{}') AS ends,
            coalesce(
                array_agg(coalesce(inside.antecedent, inside.ordinal) ORDER BY inside.ordinal), '{}'
            ) AS full_ordinals,
            coalesce(array_agg(inside.cited_case_id ORDER BY inside.ordinal), '{}')
                AS cited_case_ids,
            coalesce(array_agg(inside.plaintiff ORDER BY inside.ordinal), '{}') AS plaintiffs,
            coalesce(array_agg(inside.defendant ORDER BY inside.ordinal), '{}') AS defendants
        FROM citations AS inside
        WHERE
            inside.opinion_id = windows.opinion_id
            AND inside.start_offset >= windows.window_start
            AND inside.end_offset <= windows.window_end
            AND inside.kind NOT IN ('statute', 'journal')
    ) AS pointed
ORDER BY windows.cited_case_id, windows.strength, windows.nth
