-- Which passages are nearest in meaning, each one looked at?
SELECT
    passage_id,
    1 - (embedding <=> %(vector)s::halfvec) AS similarity
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
ORDER BY embedding <=> %(vector)s::halfvec, passage_id
LIMIT %(most)s
