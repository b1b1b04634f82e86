-- Which passages of the filings cite this place?
SELECT DISTINCT
    filing_passages.filing_id,
    filing_passages.ordinal
FROM filing_citations
INNER JOIN filing_passages
    ON
        filing_citations.filing_id = filing_passages.filing_id
        AND filing_citations.start_offset >= filing_passages.start_offset
        AND filing_citations.start_offset < filing_passages.end_offset
INNER JOIN filings ON filing_citations.filing_id = filings.filing_id
WHERE
    filings.replaced_by IS null
    AND filing_citations.reporter = %(reporter)s
    AND filing_citations.volume = %(volume)s
    AND filing_citations.page = %(page)s
    AND (%(matter_id)s::uuid IS null OR filing_citations.matter_id = %(matter_id)s)
ORDER BY filing_passages.filing_id, filing_passages.ordinal
