-- Where are the passages of these cases, and how near is each to a vector in meaning?
SELECT
    passage_id,
    case_id,
    opinion_id,
    kind,
    start_offset,
    end_offset,
    1 - (embedding <=> %(vector)s::halfvec) AS similarity
FROM passages
WHERE
    case_id = any(%(case_ids)s::integer[])
    AND encoder_id = %(encoder_id)s::smallint
ORDER BY case_id, opinion_id, start_offset
