-- Say where an upload stands now, and why.
UPDATE uploads
SET
    state = %(state)s,
    reason = %(reason)s
WHERE filing_id = %(filing_id)s
