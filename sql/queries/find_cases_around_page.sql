-- Which cases does this page lie inside of, though it is not where they begin?
WITH starts AS (
    SELECT DISTINCT
        case_id,
        page::integer AS start
    FROM case_citations
    WHERE
        reporter = %(reporter)s
        AND volume = %(volume)s
        AND page ~ '^[0-9]{1,6}$'
),

-- Only the last case to begin before the page can hold it; two may begin on one page.
nearest AS (
    SELECT
        case_id,
        start
    FROM starts
    WHERE start = (
        SELECT max(earlier.start) FROM starts AS earlier
        WHERE earlier.start < %(page)s
    )
),

extents AS (
    SELECT
        nearest.case_id,
        nearest.start,
        sum(length(opinions.text)) AS characters
    FROM nearest
    INNER JOIN opinions ON nearest.case_id = opinions.case_id
    GROUP BY nearest.case_id, nearest.start
),

-- Printed pages, where they are of this reporter: the first is the case's first or soon after.
printed AS (
    SELECT
        nearest.case_id,
        max(ltrim(pages.label, '*')::integer) AS last_page
    FROM nearest
    INNER JOIN opinions ON nearest.case_id = opinions.case_id
    INNER JOIN pages ON opinions.opinion_id = pages.opinion_id
    WHERE pages.label ~ '^[*]?[0-9]{1,6}$'
    GROUP BY nearest.case_id, nearest.start
    HAVING min(ltrim(pages.label, '*')::integer) BETWEEN nearest.start AND nearest.start + 10
)

SELECT
    extents.case_id,
    cases.source_id
FROM extents
INNER JOIN cases ON extents.case_id = cases.case_id
LEFT JOIN printed ON extents.case_id = printed.case_id
WHERE
    %(page)s
    <= coalesce(
        printed.last_page,
        extents.start + ceil(extents.characters / %(page_characters)s::float) + 1
    )
ORDER BY cases.source_id
