-- Write which passages of a filing have which terms.
INSERT INTO filing_postings (matter_id, filing_id, term, passages, frequencies)
SELECT
    %(matter_id)s,
    %(filing_id)s,
    given.term,
    given.passages,
    given.frequencies
FROM unnest(%(terms)s::text[], %(passages)s::bytea[], %(frequencies)s::bytea[])
    AS given (term, passages, frequencies)
