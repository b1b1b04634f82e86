-- How many passages and terms has each matter that whoever asks may read, old versions apart?
SELECT
    matter_id,
    sum(passages)::bigint AS passages,
    sum(terms)::bigint AS terms,
    count(*) FILTER (WHERE encoder <> %(encoder)s) AS otherwise_encoded
FROM filings
WHERE replaced_by IS null AND (%(matter_id)s::uuid IS null OR matter_id = %(matter_id)s)
GROUP BY matter_id
ORDER BY matter_id
