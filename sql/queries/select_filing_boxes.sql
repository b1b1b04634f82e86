-- On which pages does a part of a filing stand, and where on them is each letter?
SELECT
    number,
    start_offset,
    end_offset,
    notes_start,
    notes_end,
    boxes
FROM filing_pages
WHERE
    filing_id = %(filing_id)s
    AND (
        (start_offset < %(span_end)s AND end_offset > %(span_start)s)
        OR (notes_start < %(span_end)s AND notes_end > %(span_start)s)
    )
ORDER BY number
