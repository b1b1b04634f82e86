-- How many filings that searches find were read by an earlier version of the pipeline?
SELECT count(*) AS filings
FROM filings
INNER JOIN matters ON filings.matter_id = matters.matter_id
WHERE
    filings.replaced_by IS null
    AND filings.pipeline < %(pipeline)s
    AND matters.state = 'open'
    AND (%(matter_id)s::uuid IS null OR filings.matter_id = %(matter_id)s)
