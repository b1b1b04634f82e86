-- Write the pages of a filing, with where each letter stands on them.
INSERT INTO filing_pages (
    filing_id, matter_id, number, label, start_offset, end_offset, notes_start, notes_end, width,
    height, state, confidence, boxes
)
SELECT
    %(filing_id)s,
    %(matter_id)s,
    given.number,
    given.label,
    given.start_offset,
    given.end_offset,
    given.notes_start,
    given.notes_end,
    given.width,
    given.height,
    given.state,
    given.confidence,
    given.boxes
FROM
    unnest(
        %(numbers)s::integer[], %(labels)s::text[], %(starts)s::integer[], %(ends)s::integer[],
        %(notes_starts)s::integer[], %(notes_ends)s::integer[], %(widths)s::real[],
        %(heights)s::real[], %(states)s::text[], %(confidences)s::real[], %(boxes)s::bytea[]
    ) AS given (
        number, label, start_offset, end_offset, notes_start, notes_end, width, height, state,
        confidence, boxes
    )
