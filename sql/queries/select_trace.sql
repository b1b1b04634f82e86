-- What is the record of this answer, and what of it is not as the trail has it?
SELECT
    traces.trace_id,
    traces.asked_at,
    people.name AS asked_by,
    traces.matter_id,
    traces.question,
    traces.standing,
    traces.record,
    faults_in_trace(traces.trace_id) AS faults
FROM traces
INNER JOIN people ON traces.person_id = people.person_id
LEFT JOIN matters ON traces.matter_id = matters.matter_id
WHERE
    traces.trace_id = %(trace_id)s
    AND (
        traces.asked_at > now() - make_interval(days => %(days)s)
        OR coalesce(matters.legal_hold, false)
    )
