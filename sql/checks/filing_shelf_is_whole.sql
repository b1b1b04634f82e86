-- Which filings have other passages, lengths or terms than they say?
SELECT filings.filing_id
FROM filings
WHERE
    filings.passages <> (
        SELECT count(*)
        FROM filing_passages
        WHERE filing_passages.filing_id = filings.filing_id
    )
    OR length(filings.lengths) <> 4 * filings.passages
    OR EXISTS (
        SELECT FROM filing_postings
        WHERE
            filing_postings.filing_id = filings.filing_id
            AND (
                length(filing_postings.passages) <> 4 * length(filing_postings.frequencies)
                OR length(filing_postings.frequencies) NOT BETWEEN 1 AND filings.passages
            )
    )
ORDER BY filings.filing_id
