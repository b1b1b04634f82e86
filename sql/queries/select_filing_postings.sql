-- Which passages of which filings have these terms, and how often?
SELECT
    filing_postings.matter_id,
    filing_postings.filing_id,
    filing_postings.term,
    filing_postings.passages,
    filing_postings.frequencies,
    filings.lengths
FROM filing_postings
INNER JOIN filings ON filing_postings.filing_id = filings.filing_id
WHERE
    filing_postings.term = any(%(terms)s::text[])
    AND filings.replaced_by IS null
    AND (%(matter_id)s::uuid IS null OR filing_postings.matter_id = %(matter_id)s)
ORDER BY filing_postings.filing_id, filing_postings.term
