-- Which filings may teach a style: of matters that consent, that whoever asks may read, not
-- replaced? With their kind, where it is known.
SELECT
    filings.filing_id,
    filings.matter_id,
    matters.number,
    filings.name,
    filings.characters,
    described.value AS kind
FROM filings
INNER JOIN matters ON filings.matter_id = matters.matter_id
LEFT JOIN filing_descriptions AS described
    ON filings.filing_id = described.filing_id AND described.field = 'kind'
WHERE
    matters.teaches_style
    AND filings.replaced_by IS null
    AND filings.matter_id = any((SELECT readable_matters())::uuid[])
    AND filings.characters >= %(characters)s
ORDER BY matters.number, filings.name, filings.filing_id
