-- Say what is being done with an upload, and how much of it is done: if it is this worker's still.
WITH held AS (
    SELECT filing_id
    FROM jobs
    WHERE job_id = %(job)s AND worker = %(worker)s
    FOR SHARE
)

UPDATE uploads
SET
    state = 'working',
    reason = null,
    step = %(step)s,
    done = %(done)s,
    total = %(total)s
FROM held
WHERE uploads.filing_id = held.filing_id
