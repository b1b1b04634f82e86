-- Which matters may whoever asks see?
SELECT
    matter_id,
    number,
    name,
    state,
    external_models,
    teaches_style,
    legal_hold
FROM matters
WHERE
    NOT canary
    AND (%(matter_ids)s::uuid[] IS null OR matter_id = any(%(matter_ids)s::uuid[]))
ORDER BY number, name, matter_id
