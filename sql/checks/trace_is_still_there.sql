-- Is a record of an answer gone that neither retention nor a removal took away?
WITH asked AS (
    SELECT
        entry.subject,
        entry.at,
        entry.person_id,
        (
            SELECT latest.matter_id
            FROM audit_entries AS latest
            WHERE latest.subject = entry.subject AND latest.action IN ('ask', 'trace.put')
            ORDER BY latest.seq DESC
            LIMIT 1
        ) AS matter_id
    FROM audit_entries AS entry
    WHERE
        entry.action = 'ask'
        AND entry.detail ? 'record_sha256'
        AND NOT EXISTS (
            SELECT FROM traces
            WHERE traces.trace_id::text = entry.subject
        )
)

SELECT asked.subject
FROM asked
WHERE
    EXISTS (
        SELECT FROM people
        WHERE people.person_id = asked.person_id
    )
    AND NOT EXISTS (
        SELECT FROM removed_matters
        WHERE removed_matters.matter_id = asked.matter_id
    )
    -- It was asked a moment before it was entered.
    AND NOT EXISTS (
        SELECT FROM audit_entries AS forgotten
        WHERE
            forgotten.action = 'trace.forget'
            AND forgotten.at > asked.at
            AND asked.at - interval '10 minutes'
            < forgotten.at - make_interval(days => (forgotten.detail ->> 'days')::integer)
    )
ORDER BY asked.subject
