-- Write what somebody should see before a filing is used, in order.
INSERT INTO filing_findings (
    filing_id, matter_id, ordinal, kind, page, start_offset, end_offset, words
)
SELECT
    %(filing_id)s,
    %(matter_id)s,
    given.ordinal - 1,
    given.kind,
    given.page,
    given.start_offset,
    given.end_offset,
    given.words
FROM
    unnest(
        %(kinds)s::text[], %(pages)s::integer[], %(starts)s::integer[], %(ends)s::integer[],
        %(words)s::text[]
    ) WITH ORDINALITY AS given (kind, page, start_offset, end_offset, words, ordinal)
