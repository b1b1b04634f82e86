-- Let an upload be what another reading of its file found it to be, released where that was.
UPDATE uploads
SET
    kind = other.kind,
    pages = other.pages,
    released_by = coalesce(other.released_by, uploads.released_by),
    released_at = coalesce(other.released_at, uploads.released_at)
FROM uploads AS other
WHERE uploads.filing_id = %(filing_id)s AND other.filing_id = %(other)s
