-- What stands in filings at these places, and on which page each begins?
SELECT
    filings.filing_id,
    wanted.start_offset,
    wanted.end_offset,
    filing_pages.number AS page,
    substring(
        filings.text
        FROM wanted.start_offset + 1
        FOR wanted.end_offset - wanted.start_offset
    ) AS words,
    encode(
        sha256(
            filings.content_sha256 || convert_to(
                substring(
                    filings.text
                    FROM wanted.start_offset + 1
                    FOR wanted.end_offset - wanted.start_offset
                ),
                'UTF8'
            )
        ),
        'hex'
    ) AS digest
FROM
    unnest(%(filing_ids)s::uuid[], %(starts)s::integer[], %(ends)s::integer[])
    WITH ORDINALITY AS wanted (filing_id, start_offset, end_offset, place)
INNER JOIN filings ON wanted.filing_id = filings.filing_id
LEFT JOIN filing_pages
    ON
        filings.filing_id = filing_pages.filing_id
        AND (
            (
                wanted.start_offset >= filing_pages.start_offset
                AND wanted.start_offset < filing_pages.end_offset
            )
            OR (
                wanted.start_offset >= filing_pages.notes_start
                AND wanted.start_offset < filing_pages.notes_end
            )
        )
ORDER BY wanted.place
