-- Which cases cite this one, for what, and how often do they return to it?
WITH citing AS (
    SELECT
        citations.case_id,
        citations.opinion_id,
        citations.sentence_start,
        citations.sentence_end,
        citations.signal,
        citations.parenthetical,
        citations.pincite,
        opinions.kind,
        -- The sentence shown is the first that names a page: there the case stands for a point.
        row_number() OVER (
            PARTITION BY citations.case_id
            ORDER BY citations.pincite IS null, opinions.ordinal, citations.ordinal
        ) AS choice
    FROM citations
    INNER JOIN opinions ON citations.opinion_id = opinions.opinion_id
    INNER JOIN cases ON citations.case_id = cases.case_id
    WHERE
        citations.cited_case_id = %(case_id)s
        AND citations.case_id <> %(case_id)s
        AND (%(as_of)s::date IS null OR cases.filed_last <= %(as_of)s::date)
),

-- Parallel citations stand in one sentence and count once.
returns AS (
    SELECT
        citing.case_id,
        count(DISTINCT row(citing.opinion_id, citing.sentence_start)) AS sentences
    FROM citing
    GROUP BY citing.case_id
)

SELECT
    citing.case_id,
    citing.opinion_id,
    citing.kind,
    citing.sentence_start,
    citing.sentence_end,
    citing.signal,
    citing.parenthetical,
    citing.pincite,
    returns.sentences,
    substring(
        opinions.text
        FROM citing.sentence_start + 1 FOR citing.sentence_end - citing.sentence_start
    ) AS sentence_text
FROM citing
INNER JOIN returns ON citing.case_id = returns.case_id
INNER JOIN opinions ON citing.opinion_id = opinions.opinion_id
INNER JOIN cases ON citing.case_id = cases.case_id
WHERE citing.choice = 1
ORDER BY returns.sentences DESC, cases.filed_last DESC NULLS LAST, cases.source_id ASC
LIMIT %(most)s OFFSET %(skip)s
