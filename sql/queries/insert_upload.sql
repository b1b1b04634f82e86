-- Take a file in; nothing where the same bytes are in the matter.
INSERT INTO uploads (filing_id, matter_id, name, kind, bytes, sha256, part_of, added_by)
VALUES (
    %(filing_id)s, %(matter_id)s, %(name)s, %(kind)s, %(bytes)s, %(sha256)s, %(part_of)s,
    %(added_by)s
)
ON CONFLICT DO NOTHING
