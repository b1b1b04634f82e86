-- Which cases cite a place of these cases, so that their citations must be resolved anew?
UPDATE cases SET linked = false
WHERE case_id IN (
    SELECT citations.case_id
    FROM citations
    INNER JOIN case_citations AS held
        ON
            citations.reporter = held.reporter
            AND citations.volume = held.volume
            AND citations.page = held.page
    WHERE
        citations.kind = 'full'
        AND held.case_id = any(%(case_ids)s::integer[])
)
