-- Which full citations stand in a new case, point to where one stands or stood, or to one gone?
CREATE TEMPORARY TABLE touched ON COMMIT DROP AS
SELECT
    citations.opinion_id,
    citations.ordinal,
    citations.reporter,
    citations.volume,
    citations.page
FROM citations
INNER JOIN cases ON citations.case_id = cases.case_id
WHERE NOT cases.linked AND citations.kind = 'full'
UNION
SELECT
    citations.opinion_id,
    citations.ordinal,
    citations.reporter,
    citations.volume,
    citations.page
FROM cases
INNER JOIN case_citations AS held ON cases.case_id = held.case_id
INNER JOIN citations
    ON
        held.reporter = citations.reporter
        AND held.volume = citations.volume
        AND held.page = citations.page
WHERE NOT cases.linked AND citations.kind = 'full'
UNION
SELECT
    citations.opinion_id,
    citations.ordinal,
    citations.reporter,
    citations.volume,
    citations.page
FROM citations
INNER JOIN cases ON citations.cited_case_id = cases.case_id
WHERE NOT cases.linked AND citations.kind = 'full'
UNION
SELECT
    opinion_id,
    ordinal,
    reporter,
    volume,
    page
FROM citations
WHERE status = 'held' AND cited_case_id IS null AND kind = 'full'
