-- Which pages has a filing, and what stands on each?
SELECT
    number,
    label,
    start_offset,
    end_offset,
    notes_start,
    notes_end,
    width,
    height,
    state,
    confidence
FROM filing_pages
WHERE filing_id = %(filing_id)s
ORDER BY number
