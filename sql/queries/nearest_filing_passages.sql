-- Which passages of the filings are nearest in meaning, each one looked at?
SELECT
    filing_passages.filing_id,
    filing_passages.ordinal,
    1 - (filing_passages.embedding <=> %(vector)s::halfvec) AS similarity
FROM filing_passages
INNER JOIN filings ON filing_passages.filing_id = filings.filing_id
WHERE
    filings.encoder = %(encoder)s
    AND filings.replaced_by IS null
    AND (%(matter_id)s::uuid IS null OR filing_passages.matter_id = %(matter_id)s)
ORDER BY
    filing_passages.embedding <=> %(vector)s::halfvec,
    filings.name,
    filing_passages.filing_id,
    filing_passages.ordinal
LIMIT %(most)s
