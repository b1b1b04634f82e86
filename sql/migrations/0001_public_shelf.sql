-- The public shelf: courts, cases, opinions, passages, citations. Readable by all.
-- The vector extension is made by whoever owns the server: it needs rights that we do without.

CREATE TABLE courts (
    court text PRIMARY KEY,
    name text NOT NULL,
    jurisdiction text
);

-- One row. The revision goes up with every change of the shelves.
CREATE TABLE library (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    revision bigint NOT NULL DEFAULT 0,
    changed_at timestamptz
);
INSERT INTO library (one) VALUES (true);

CREATE TABLE encoders (
    encoder_id smallint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL,
    -- sha256 over the weights and the tokenizer: same fingerprint, same vectors.
    fingerprint text NOT NULL UNIQUE,
    dimensions integer NOT NULL CHECK (dimensions > 0)
);

-- The words of a caption, however it is spelt: 'O''Brien v. U.S.' holds obrien, v and us.
CREATE FUNCTION name_words(name text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN array_remove(
    regexp_split_to_array(
        regexp_replace(lower(name), '[.''’]', '', 'g'), '[^[:alnum:]]+'
    ),
    ''
);

-- The docket numbers in a text, each in its plainest form: '1:12-cv-01573-ABC' is 12-cv-1573,
-- 'Nos. 12-1573, 12-1653' are two, 'No. 1,148' is 1148.
CREATE FUNCTION docket_numbers(written text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (
    WITH plain AS (
        SELECT regexp_replace(
            regexp_replace(
                regexp_replace(
                    regexp_replace(
                        translate(lower(written), '‐‑‒–—−', '------'),
                        '(\d),(\d{3})(?!\d)', '\1\2', 'g'
                    ),
                    '\y\d+:(?=\d)', '', 'g'
                ),
                '(\d)(-[a-z]{2,4})+(?![-a-z0-9])', '\1', 'g'
            ),
            '-0+(?=\d)', '-', 'g'
        ) AS text
    )

    SELECT coalesce(array_agg(DISTINCT found.number[1] ORDER BY found.number[1]), '{}')
    FROM plain
    CROSS JOIN LATERAL regexp_matches(
        plain.text, '([a-z0-9]*\d[a-z0-9]*(?:-[a-z0-9]+)*)', 'g'
    ) AS found (number)
);

CREATE TABLE cases (
    case_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    source_id text NOT NULL UNIQUE,
    court text NOT NULL REFERENCES courts (court),
    case_name text,
    docket_number text,
    -- As known: '2009', '2009-04' or '2009-04-22'; then the first and last day it can be.
    date_filed text,
    filed_first date,
    filed_last date,
    date_argued text,
    source text,
    license text,
    invented boolean NOT NULL DEFAULT false,
    -- What the source said that has no column here.
    extra jsonb NOT NULL DEFAULT '{}',
    -- sha256 of the record as imported: an unchanged record is not imported twice.
    content_sha256 bytea NOT NULL,
    imported_at timestamptz NOT NULL DEFAULT now(),
    -- False until the citations in it, and those to it, have been resolved.
    linked boolean NOT NULL DEFAULT false,
    CHECK ((date_filed IS null) = (filed_first IS null)),
    CHECK ((date_filed IS null) = (filed_last IS null)),
    CHECK (filed_first <= filed_last)
);
CREATE INDEX cases_docket_numbers ON cases USING gin (docket_numbers(docket_number));
CREATE INDEX cases_name_words ON cases USING gin (name_words(case_name));
CREATE INDEX cases_to_link ON cases (case_id) WHERE NOT linked;
CREATE INDEX cases_court ON cases (court);

-- Reporter citations of a case. Many a case, and now and then one for two cases: never a key.
CREATE TABLE case_citations (
    case_id integer NOT NULL REFERENCES cases ON DELETE CASCADE,
    ordinal smallint NOT NULL,
    as_printed text NOT NULL,
    -- Null where the form is not known: then it is shown, and found by its words alone.
    volume text,
    reporter text,
    page text,
    PRIMARY KEY (case_id, ordinal)
);
CREATE INDEX case_citations_place ON case_citations (reporter, volume, page);

CREATE TABLE opinions (
    opinion_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    case_id integer NOT NULL REFERENCES cases ON DELETE CASCADE,
    ordinal smallint NOT NULL,
    kind text NOT NULL,
    author text,
    text text NOT NULL,
    footnotes_start integer,
    UNIQUE (case_id, ordinal)
);
-- Passages are cut out of the text at every search: unpacking it took longer than the search.
ALTER TABLE opinions ALTER COLUMN text SET STORAGE EXTERNAL;

CREATE TABLE pages (
    opinion_id integer NOT NULL REFERENCES opinions ON DELETE CASCADE,
    start_offset integer NOT NULL,
    label text NOT NULL,
    PRIMARY KEY (opinion_id, start_offset)
);

-- The unit of retrieval: a span of an opinion. Its text is the opinion's, never a copy.
-- Court, dates and kind are repeated here so that the vector index can filter without a join.
CREATE TABLE passages (
    passage_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    case_id integer NOT NULL REFERENCES cases ON DELETE CASCADE,
    opinion_id integer NOT NULL REFERENCES opinions ON DELETE CASCADE,
    start_offset integer NOT NULL,
    end_offset integer NOT NULL,
    -- Number of lexical terms: the length that BM25 normalises by.
    terms integer NOT NULL,
    court text NOT NULL,
    kind text NOT NULL,
    filed_first date,
    filed_last date,
    encoder_id smallint NOT NULL REFERENCES encoders,
    embedding halfvec NOT NULL,
    CHECK (start_offset >= 0 AND start_offset < end_offset)
);
ALTER TABLE passages ALTER COLUMN embedding SET STORAGE PLAIN;
CREATE UNIQUE INDEX passages_opinion ON passages (opinion_id, start_offset);
CREATE INDEX passages_case ON passages (case_id);

-- The lexical index: for each term and segment, the passages that have it, how often and where.
-- `passages` is an array of little-endian int32, ascending; `frequencies` one byte each, capped
-- at 255; `positions` as many little-endian uint16 for each passage, ascending: 0 is its first
-- term. A batch writes one segment; merging concatenates them in order.
CREATE TABLE segments (
    segment integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    passages integer NOT NULL,
    merged_at timestamptz
);
CREATE TABLE postings (
    term text COLLATE "C" NOT NULL,
    -- No foreign key: one check a row would cost an import more than the rows themselves.
    segment integer NOT NULL,
    passages bytea NOT NULL,
    frequencies bytea NOT NULL,
    positions bytea NOT NULL,
    PRIMARY KEY (term, segment)
);
ALTER TABLE postings ALTER COLUMN passages SET STORAGE EXTERNAL;
ALTER TABLE postings ALTER COLUMN frequencies SET STORAGE EXTERNAL;
ALTER TABLE postings ALTER COLUMN positions SET STORAGE EXTERNAL;

-- Citations found in opinions, and what they resolve to in this library.
CREATE TABLE citations (
    opinion_id integer NOT NULL REFERENCES opinions ON DELETE CASCADE,
    ordinal integer NOT NULL,
    case_id integer NOT NULL REFERENCES cases ON DELETE CASCADE,
    kind text NOT NULL,
    start_offset integer NOT NULL,
    end_offset integer NOT NULL,
    -- The sentence it stands in: what the authority was cited for.
    sentence_start integer NOT NULL,
    sentence_end integer NOT NULL,
    volume text,
    reporter text,
    page text,
    plaintiff text,
    defendant text,
    year smallint,
    pincite text,
    signal text,
    parenthetical text,
    -- Ordinal, in the same opinion, of the full citation a short form points to.
    antecedent integer,
    status text NOT NULL,
    cited_case_id integer REFERENCES cases ON DELETE SET NULL,
    PRIMARY KEY (opinion_id, ordinal)
);
CREATE INDEX citations_case ON citations (case_id);
CREATE INDEX citations_cited_case ON citations (cited_case_id) WHERE cited_case_id IS NOT null;
CREATE INDEX citations_place ON citations (reporter, volume, page) WHERE kind = 'full';
-- A cited case that was deleted leaves these behind, to be resolved anew.
CREATE INDEX citations_orphaned ON citations (opinion_id)
WHERE status = 'held' AND cited_case_id IS null;
