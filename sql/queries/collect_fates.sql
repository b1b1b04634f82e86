-- Which held cases do these citations, and the short forms that point to them, lead to?
CREATE TEMPORARY TABLE fates ON COMMIT DROP AS
WITH counted AS (
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
)

SELECT
    opinion_id,
    ordinal,
    CASE
        WHEN candidates = 0 THEN 'not_held'
        WHEN candidates = 1 THEN 'held'
        ELSE 'ambiguous'
    END AS status,
    CASE WHEN candidates = 1 THEN candidate END AS cited_case_id
FROM counted
