-- Which filings may teach, of these or of all that whoever asks may read: those of matters that let
-- them, in their latest version?
SELECT
    filings.filing_id,
    filings.matter_id,
    filings.name,
    filings.text,
    matters.external_models,
    kind.value AS kind,
    caption.value AS caption,
    signed.value AS signed_by
FROM filings
INNER JOIN matters ON filings.matter_id = matters.matter_id
LEFT JOIN filing_descriptions AS kind
    ON filings.filing_id = kind.filing_id AND kind.field = 'kind'
LEFT JOIN filing_descriptions AS caption
    ON filings.filing_id = caption.filing_id AND caption.field = 'caption'
LEFT JOIN filing_descriptions AS signed
    ON filings.filing_id = signed.filing_id AND signed.field = 'signed_by'
WHERE
    matters.teaches_style
    AND filings.replaced_by IS null
    AND (%(matter_ids)s::uuid[] IS null OR filings.matter_id = any(%(matter_ids)s::uuid[]))
    AND (%(filing_ids)s::uuid[] IS null OR filings.filing_id = any(%(filing_ids)s::uuid[]))
ORDER BY filings.matter_id, filings.filing_id
