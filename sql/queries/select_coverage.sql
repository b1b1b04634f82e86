-- What does the library hold, of what was decided by this day?
WITH known AS (
    SELECT
        case_id,
        court,
        date_filed,
        filed_first,
        filed_last
    FROM cases
    WHERE %(as_of)s::date IS null OR filed_last <= %(as_of)s::date
)

SELECT
    library.revision,
    library.changed_at,
    (SELECT count(*) FROM known) AS cases,
    (SELECT count(DISTINCT known.court) FROM known) AS courts,
    (
        SELECT count(*) FROM known
        WHERE known.date_filed IS null
    ) AS undated,
    (
        SELECT count(*)
        FROM opinions
        WHERE
            %(as_of)s::date IS null
            OR opinions.case_id IN (SELECT known.case_id FROM known)
    ) AS opinions,
    (
        SELECT count(*)
        FROM passages
        WHERE %(as_of)s::date IS null OR passages.filed_last <= %(as_of)s::date
    ) AS passages,
    (
        SELECT known.date_filed
        FROM known
        ORDER BY known.filed_first, known.filed_last, known.case_id
        LIMIT 1
    ) AS earliest,
    (
        SELECT known.date_filed
        FROM known
        WHERE known.date_filed IS NOT null
        ORDER BY known.filed_last DESC, known.filed_first DESC, known.case_id DESC
        LIMIT 1
    ) AS latest
FROM library
