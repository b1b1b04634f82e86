-- Say what is being done with an upload, and how much of it is done.
UPDATE uploads
SET
    state = 'working',
    reason = null,
    step = %(step)s,
    done = %(done)s,
    total = %(total)s
WHERE filing_id = %(filing_id)s
