-- Which matters may whoever asks see? Or only those whose filings they may read.
SELECT
    matter_id,
    number,
    name,
    state,
    external_models,
    teaches_style,
    legal_hold,
    asks_release
FROM matters
WHERE
    -- A matter made up to try a wall with is no one's to arrange; who read it would see it.
    (NOT canary OR matter_id = any((SELECT readable_matters())::uuid[]))
    AND (NOT %(read)s::boolean OR matter_id = any((SELECT readable_matters())::uuid[]))
    AND (%(matter_ids)s::uuid[] IS null OR matter_id = any(%(matter_ids)s::uuid[]))
ORDER BY number, name, matter_id
