-- Write the citations found in a filing.
INSERT INTO filing_citations (
    filing_id, matter_id, ordinal, kind, start_offset, end_offset, full_start, full_end, volume,
    reporter, page, plaintiff, defendant, year, pincite, signal, parenthetical, antecedent
)
SELECT
    %(filing_id)s,
    %(matter_id)s,
    given.ordinal,
    given.kind,
    given.start_offset,
    given.end_offset,
    given.full_start,
    given.full_end,
    given.volume,
    given.reporter,
    given.page,
    given.plaintiff,
    given.defendant,
    given.year,
    given.pincite,
    given.signal,
    given.parenthetical,
    given.antecedent
FROM jsonb_to_recordset(%(citations)s::jsonb) AS given (
    ordinal integer,
    kind text,
    start_offset integer,
    end_offset integer,
    full_start integer,
    full_end integer,
    volume text,
    reporter text,
    page text,
    plaintiff text,
    defendant text,
    year smallint,
    pincite text,
    signal text,
    parenthetical text,
    antecedent integer
)
