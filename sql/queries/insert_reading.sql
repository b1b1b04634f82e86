-- Have the file of this upload read once more: an upload of its own until that is done.
INSERT INTO uploads (
    filing_id, matter_id, name, kind, bytes, sha256, part_of, added_by, accepted_at, answerable_at,
    pages, reading
)
SELECT
    %(new)s,
    matter_id,
    name,
    kind,
    bytes,
    sha256,
    part_of,
    %(added_by)s,
    accepted_at,
    answerable_at,
    pages,
    reading + 1
FROM uploads
WHERE filing_id = %(filing_id)s
