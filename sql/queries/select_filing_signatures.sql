-- Which filings of this one's matter are current, and what are their signatures? Itself first.
SELECT
    others.filing_id,
    others.signature
FROM filings
INNER JOIN filings AS others ON filings.matter_id = others.matter_id
WHERE
    filings.filing_id = %(filing_id)s
    AND others.signature IS NOT null
    AND (others.replaced_by IS null OR others.filing_id = filings.filing_id)
ORDER BY others.filing_id = filings.filing_id DESC, others.filing_id
