-- Put a filing on its matter's shelf; nothing where the same text is there.
INSERT INTO filings (
    filing_id, matter_id, name, text, content_sha256, lengths, passages, terms, encoder, signature,
    footnotes_start, pipeline, added_by, added_at, replaced_by
)
VALUES (
    %(filing_id)s, %(matter_id)s, %(name)s, %(text)s, %(content_sha256)s, %(lengths)s,
    %(passages)s, %(terms)s, %(encoder)s, %(signature)s, %(footnotes_start)s, %(pipeline)s,
    %(added_by)s, coalesce(%(added_at)s, now()), %(replaced_by)s
)
ON CONFLICT DO NOTHING
