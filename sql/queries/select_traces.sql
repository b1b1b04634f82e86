-- Which records of answers may whoever asks open? Their own, or a matter's; the latest first.
SELECT
    traces.trace_id,
    traces.asked_at,
    people.name AS asked_by,
    traces.matter_id,
    traces.question,
    traces.standing
FROM traces
INNER JOIN people ON traces.person_id = people.person_id
LEFT JOIN matters ON traces.matter_id = matters.matter_id
WHERE
    CASE
        WHEN %(matter_id)s::uuid IS null THEN traces.person_id = acting_person()
        ELSE traces.matter_id = %(matter_id)s
    END
    AND (
        traces.asked_at > now() - make_interval(days => %(days)s)
        OR coalesce(matters.legal_hold, false)
    )
    AND (%(before)s::timestamptz IS null OR traces.asked_at < %(before)s)
ORDER BY traces.asked_at DESC, traces.trace_id DESC
LIMIT %(k)s
