-- Which adapters are there, or this one, the latest first? No figure for who may not know of all
-- that taught it.
SELECT
    adapter.adapter_id,
    adapter.voice_id,
    voice.name AS voice,
    adapter.dataset_id,
    adapter.state,
    adapter.reason,
    adapter.base,
    adapter.recipe,
    adapter.versions,
    people.name AS asked_by,
    adapter.asked_at,
    adapter.ended_at,
    adapter.instead_of,
    adapter.served,
    adapter.measure_failed,
    adapter.measure_since IS NOT null AS measuring,
    CASE WHEN hidden.hides THEN '[]' ELSE adapter.curve END AS curve,
    CASE WHEN hidden.hides THEN 0 ELSE adapter.step END AS step,
    CASE WHEN hidden.hides THEN 0 ELSE adapter.steps END AS steps,
    CASE WHEN NOT hidden.hides THEN adapter.seconds_left END AS seconds_left
FROM style_adapters AS adapter
INNER JOIN style_voices AS voice ON adapter.voice_id = voice.voice_id
INNER JOIN people ON adapter.asked_by = people.person_id
CROSS JOIN LATERAL style_hides(adapter.dataset_id) AS hidden (hides)
WHERE
    (%(voice_id)s::uuid IS null OR adapter.voice_id = %(voice_id)s)
    AND (%(adapter_id)s::uuid IS null OR adapter.adapter_id = %(adapter_id)s)
ORDER BY adapter.asked_at DESC, adapter.adapter_id ASC
