-- What was handed in, and how far is it? All that may be seen, a matter's, or some; latest first.
WITH waiting AS (
    SELECT
        filing_id,
        -- Seconds: what comes before it and itself, as a file and as bytes of one.
        sum(1.0 + weight / 400000.0) OVER (ORDER BY turn, job_id) AS seconds_left
    FROM jobs
)

SELECT
    uploads.filing_id,
    uploads.matter_id,
    uploads.name,
    uploads.kind,
    uploads.bytes,
    uploads.state,
    uploads.step,
    uploads.done,
    uploads.total,
    uploads.reason,
    uploads.part_of,
    uploads.pages,
    filings.passages,
    uploads.duplicate_of,
    people.name AS added_by,
    uploads.accepted_at,
    uploads.answerable_at,
    waiting.seconds_left::double precision AS seconds_left
FROM uploads
INNER JOIN people ON uploads.added_by = people.person_id
LEFT JOIN filings ON uploads.filing_id = filings.filing_id
LEFT JOIN waiting ON uploads.filing_id = waiting.filing_id
WHERE
    (%(matter_id)s::uuid IS null OR uploads.matter_id = %(matter_id)s)
    AND (%(filing_ids)s::uuid[] IS null OR uploads.filing_id = any(%(filing_ids)s::uuid[]))
ORDER BY uploads.accepted_at DESC, uploads.name ASC, uploads.filing_id ASC
