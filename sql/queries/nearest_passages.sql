-- Which passages are nearest in meaning, by the vector index?
-- The cast is written as its function so that it can take the dimensions as a parameter and
-- still is the expression of the index; ties are settled by whoever knows the stable keys.
SELECT
    passage_id,
    1 - (halfvec(embedding, %(dimensions)s::integer, true) <=> %(vector)s::halfvec) AS similarity
FROM passages
WHERE
    encoder_id = %(encoder_id)s::smallint
    AND (%(courts)s::text[] IS null OR court = any(%(courts)s::text[]))
    AND (%(kinds)s::text[] IS null OR kind = any(%(kinds)s::text[]))
    AND (%(filed_from)s::date IS null OR filed_last >= %(filed_from)s::date)
    AND (%(filed_to)s::date IS null OR filed_first <= %(filed_to)s::date)
    AND (%(as_of)s::date IS null OR filed_last <= %(as_of)s::date)
    AND (
        %(exclude)s::text[] IS null
        OR case_id <> all(array(
            SELECT cases.case_id
            FROM cases
            WHERE cases.source_id = any(%(exclude)s::text[])
        ))
    )
ORDER BY halfvec(embedding, %(dimensions)s::integer, true) <=> %(vector)s::halfvec
LIMIT %(most)s
