-- Write what stands on the pages of a filing and is no part of its text, in order.
INSERT INTO filing_labels (filing_id, matter_id, ordinal, kind, page, at_offset, words)
SELECT
    %(filing_id)s,
    %(matter_id)s,
    given.ordinal - 1,
    given.kind,
    given.page,
    given.at_offset,
    given.words
FROM
    unnest(%(kinds)s::text[], %(pages)s::integer[], %(places)s::integer[], %(words)s::text[])
    WITH ORDINALITY AS given (kind, page, at_offset, words, ordinal)
