-- Say who let an upload be searched in spite of what was found in it.
UPDATE uploads
SET
    released_by = %(person_id)s,
    released_at = clock_timestamp()
WHERE filing_id = %(filing_id)s
