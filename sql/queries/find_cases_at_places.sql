-- Which cases begin at these places in the reporters?
SELECT DISTINCT
    wanted.place,
    held.case_id,
    cases.source_id
FROM
    unnest(
        %(volumes)s::text[], %(reporters)s::text[], %(pages)s::text[]
    ) WITH ORDINALITY AS wanted (volume, reporter, page, place)
INNER JOIN case_citations AS held
    ON
        wanted.reporter = held.reporter
        AND wanted.volume = held.volume
        AND wanted.page = held.page
INNER JOIN cases ON held.case_id = cases.case_id
ORDER BY wanted.place, cases.source_id
