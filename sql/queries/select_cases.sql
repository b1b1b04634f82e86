-- Which cases are these?
SELECT
    cases.case_id,
    cases.source_id,
    cases.case_name,
    cases.court,
    courts.name AS court_name,
    courts.jurisdiction,
    cases.docket_number,
    cases.date_filed,
    cases.date_argued,
    cases.source,
    cases.license,
    cases.invented,
    array(
        SELECT ARRAY[places.volume, places.reporter, places.page]
        FROM case_citations AS places
        WHERE places.case_id = cases.case_id AND places.page IS NOT null
        ORDER BY places.ordinal
    ) AS places
FROM cases
INNER JOIN courts ON cases.court = courts.court
WHERE cases.case_id = any(%(case_ids)s::integer[])
ORDER BY cases.case_id
