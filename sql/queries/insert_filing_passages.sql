-- Write the passages of a filing, in order.
INSERT INTO filing_passages (
    filing_id, matter_id, ordinal, start_offset, end_offset, embedding
)
SELECT
    %(filing_id)s,
    %(matter_id)s,
    given.ordinal - 1,
    given.start_offset,
    given.end_offset,
    given.embedding
FROM
    unnest(%(starts)s::integer[], %(ends)s::integer[], %(vectors)s::halfvec[])
    WITH ORDINALITY AS given (start_offset, end_offset, embedding, ordinal)
