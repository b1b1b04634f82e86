-- Which held cases do the citations in the new cases, and those to them, lead to?
WITH new_cases AS (
    SELECT case_id
    FROM cases
    WHERE NOT linked
),

-- Citations in a new case; to where a new case stands or stood; to a case that is gone.
touched AS (
    SELECT
        citations.opinion_id,
        citations.ordinal,
        citations.reporter,
        citations.volume,
        citations.page
    FROM citations
    INNER JOIN new_cases ON citations.case_id = new_cases.case_id
    WHERE citations.kind = 'full'
    UNION
    SELECT
        citations.opinion_id,
        citations.ordinal,
        citations.reporter,
        citations.volume,
        citations.page
    FROM new_cases
    INNER JOIN case_citations AS held ON new_cases.case_id = held.case_id
    INNER JOIN citations
        ON
            held.reporter = citations.reporter
            AND held.volume = citations.volume
            AND held.page = citations.page
    WHERE citations.kind = 'full'
    UNION
    SELECT
        citations.opinion_id,
        citations.ordinal,
        citations.reporter,
        citations.volume,
        citations.page
    FROM citations
    INNER JOIN new_cases ON citations.cited_case_id = new_cases.case_id
    WHERE citations.kind = 'full'
    UNION
    SELECT
        citations.opinion_id,
        citations.ordinal,
        citations.reporter,
        citations.volume,
        citations.page
    FROM citations
    WHERE
        citations.status = 'held'
        AND citations.cited_case_id IS null
        AND citations.kind = 'full'
),

counted AS (
    SELECT
        touched.opinion_id,
        touched.ordinal,
        count(DISTINCT held.case_id) AS candidates,
        min(held.case_id) AS candidate
    FROM touched
    LEFT JOIN case_citations AS held
        ON
            touched.reporter = held.reporter
            AND touched.volume = held.volume
            AND touched.page = held.page
    GROUP BY touched.opinion_id, touched.ordinal
),

resolved AS (
    SELECT
        counted.opinion_id,
        counted.ordinal,
        CASE
            WHEN counted.candidates = 0 THEN 'not_held'
            WHEN counted.candidates = 1 THEN 'held'
            ELSE 'ambiguous'
        END AS status,
        CASE WHEN counted.candidates = 1 THEN counted.candidate END AS cited_case_id
    FROM counted
),

-- A short form shares the fate of the full citation that it points to.
fates AS (
    SELECT
        resolved.opinion_id,
        resolved.ordinal,
        resolved.status,
        resolved.cited_case_id
    FROM resolved
    UNION ALL
    SELECT
        short.opinion_id,
        short.ordinal,
        resolved.status,
        resolved.cited_case_id
    FROM resolved
    INNER JOIN citations AS short
        ON resolved.opinion_id = short.opinion_id AND resolved.ordinal = short.antecedent
    WHERE short.kind <> 'full'
),

changed AS (
    UPDATE citations SET
        status = fates.status,
        cited_case_id = fates.cited_case_id
    FROM fates
    WHERE
        citations.opinion_id = fates.opinion_id
        AND citations.ordinal = fates.ordinal
        AND (
            citations.status <> fates.status
            OR citations.cited_case_id IS DISTINCT FROM fates.cited_case_id
        )
)

SELECT
    opinion_id,
    ordinal
FROM resolved
WHERE status = 'ambiguous'
ORDER BY opinion_id, ordinal
