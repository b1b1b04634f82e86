-- Which citations stand in a filing?
SELECT
    filing_citations.kind,
    filing_citations.start_offset,
    filing_citations.end_offset,
    filing_citations.full_start,
    filing_citations.full_end,
    filing_citations.volume,
    filing_citations.reporter,
    filing_citations.page,
    filing_citations.plaintiff,
    filing_citations.defendant,
    filing_citations.year,
    filing_citations.pincite,
    filing_citations.signal,
    filing_citations.parenthetical,
    filing_citations.antecedent,
    substring(
        filings.text
        FROM filing_citations.start_offset + 1
        FOR filing_citations.end_offset - filing_citations.start_offset
    ) AS text
FROM filing_citations
INNER JOIN filings ON filing_citations.filing_id = filings.filing_id
WHERE filing_citations.filing_id = %(filing_id)s
ORDER BY filing_citations.ordinal
