-- What do these passages of filings say, with a little of what comes after?
SELECT
    filing_passages.filing_id,
    filing_passages.ordinal,
    filing_passages.start_offset,
    filing_passages.end_offset,
    substring(
        filings.text
        FROM filing_passages.start_offset + 1
        FOR filing_passages.end_offset - filing_passages.start_offset + %(beyond)s::integer
    ) AS text
FROM unnest(%(filing_ids)s::uuid[], %(ordinals)s::integer[]) AS wanted (filing_id, ordinal)
INNER JOIN filing_passages
    ON
        wanted.filing_id = filing_passages.filing_id
        AND wanted.ordinal = filing_passages.ordinal
INNER JOIN filings ON filing_passages.filing_id = filings.filing_id
ORDER BY filing_passages.filing_id, filing_passages.ordinal
