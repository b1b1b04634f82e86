-- Which filings that searches find were read by an earlier version of the pipeline, or by another
-- encoder, and can be read again? Of a matter, or of all that are open.
SELECT filings.filing_id
FROM filings
INNER JOIN matters ON filings.matter_id = matters.matter_id
WHERE
    filings.replaced_by IS null
    AND (filings.pipeline < %(pipeline)s OR filings.encoder <> %(encoder)s)
    AND matters.state = 'open'
    AND (%(matter_id)s::uuid IS null OR filings.matter_id = %(matter_id)s)
ORDER BY matters.number, filings.name, filings.filing_id
