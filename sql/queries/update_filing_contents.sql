-- Let a filing be searched by what was made of its text anew; its text stays.
UPDATE filings
SET
    lengths = %(lengths)s,
    passages = %(passages)s,
    terms = %(terms)s,
    encoder = %(encoder)s,
    signature = %(signature)s,
    footnotes_start = %(footnotes_start)s,
    pipeline = %(pipeline)s
WHERE filing_id = %(filing_id)s AND content_sha256 = %(content_sha256)s
