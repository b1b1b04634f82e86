-- Say what an upload was found to be.
UPDATE uploads
SET
    kind = %(kind)s,
    pages = %(pages)s
WHERE filing_id = %(filing_id)s
