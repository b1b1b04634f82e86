-- The private shelf: what a matter's team works with. Of the public shelf's shape, in tables of its
-- own, because under row-level security neither its lexical nor its vector index could be used;
-- a matter is small enough to be searched exactly. Keys are random, so that none tells of another.
-- Nothing here touches the public shelf: not its revision, its encoders, its counts.

-- A wall is tried out with a matter of this kind, which is there for some seconds.
ALTER TABLE matters ADD COLUMN canary boolean NOT NULL DEFAULT false;

CREATE TABLE filings (
    filing_id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    matter_id uuid NOT NULL REFERENCES matters ON DELETE CASCADE,
    name text NOT NULL,
    text text NOT NULL,
    -- sha256 of the text: the same paper is in a matter once, and says nothing of other matters.
    content_sha256 bytea NOT NULL,
    -- Lexical terms of each passage, in order: little-endian int32.
    lengths bytea NOT NULL,
    passages integer NOT NULL,
    terms bigint NOT NULL,
    -- Fingerprint of the encoder that made the vectors.
    encoder text NOT NULL,
    added_by uuid NOT NULL REFERENCES people,
    added_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (matter_id, content_sha256),
    UNIQUE (matter_id, filing_id)
);
ALTER TABLE filings ALTER COLUMN text SET STORAGE EXTERNAL;

CREATE TABLE filing_passages (
    filing_id uuid NOT NULL,
    ordinal integer NOT NULL,
    matter_id uuid NOT NULL,
    start_offset integer NOT NULL,
    end_offset integer NOT NULL,
    embedding halfvec NOT NULL,
    PRIMARY KEY (filing_id, ordinal),
    FOREIGN KEY (matter_id, filing_id) REFERENCES filings (matter_id, filing_id) ON DELETE CASCADE,
    CHECK (start_offset >= 0 AND start_offset < end_offset)
);
ALTER TABLE filing_passages ALTER COLUMN embedding SET STORAGE PLAIN;
CREATE INDEX filing_passages_matter ON filing_passages (matter_id);

-- Which passages of a filing have a term (ordinals, little-endian int32, ascending), and how often
-- (one byte each, capped at 255).
CREATE TABLE filing_postings (
    matter_id uuid NOT NULL,
    term text COLLATE "C" NOT NULL,
    filing_id uuid NOT NULL,
    passages bytea NOT NULL,
    frequencies bytea NOT NULL,
    PRIMARY KEY (matter_id, term, filing_id),
    FOREIGN KEY (matter_id, filing_id) REFERENCES filings (matter_id, filing_id) ON DELETE CASCADE
);
CREATE INDEX filing_postings_filing ON filing_postings (filing_id);

-- Citations found in filings. What they are in the library is asked when they are read.
CREATE TABLE filing_citations (
    filing_id uuid NOT NULL,
    ordinal integer NOT NULL,
    matter_id uuid NOT NULL,
    kind text NOT NULL,
    start_offset integer NOT NULL,
    end_offset integer NOT NULL,
    full_start integer NOT NULL,
    full_end integer NOT NULL,
    volume text,
    reporter text,
    page text,
    plaintiff text,
    defendant text,
    year smallint,
    pincite text,
    signal text,
    parenthetical text,
    -- Ordinal, in the same filing, of the full citation a short form points to.
    antecedent integer,
    PRIMARY KEY (filing_id, ordinal),
    FOREIGN KEY (matter_id, filing_id) REFERENCES filings (matter_id, filing_id) ON DELETE CASCADE
);
CREATE INDEX filing_citations_place ON filing_citations (matter_id, reporter, volume, page);

CREATE TABLE notes (
    note_id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    matter_id uuid NOT NULL REFERENCES matters ON DELETE CASCADE,
    text text NOT NULL,
    written_by uuid NOT NULL REFERENCES people,
    written_at timestamptz NOT NULL DEFAULT now(),
    changed_at timestamptz
);
CREATE INDEX notes_matter ON notes (matter_id);

-- Answers that a team keeps with its matter, as they were given.
CREATE TABLE answers (
    answer_id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    matter_id uuid NOT NULL REFERENCES matters ON DELETE CASCADE,
    question text NOT NULL,
    standing text NOT NULL,
    text text NOT NULL,
    sources jsonb NOT NULL,
    footer jsonb NOT NULL,
    kept_by uuid NOT NULL REFERENCES people,
    kept_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX answers_matter ON answers (matter_id);

ALTER TABLE filings ENABLE ROW LEVEL SECURITY;
ALTER TABLE filings FORCE ROW LEVEL SECURITY;
ALTER TABLE filing_passages ENABLE ROW LEVEL SECURITY;
ALTER TABLE filing_passages FORCE ROW LEVEL SECURITY;
ALTER TABLE filing_postings ENABLE ROW LEVEL SECURITY;
ALTER TABLE filing_postings FORCE ROW LEVEL SECURITY;
ALTER TABLE filing_citations ENABLE ROW LEVEL SECURITY;
ALTER TABLE filing_citations FORCE ROW LEVEL SECURITY;
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
ALTER TABLE notes FORCE ROW LEVEL SECURITY;
ALTER TABLE answers ENABLE ROW LEVEL SECURITY;
ALTER TABLE answers FORCE ROW LEVEL SECURITY;

-- The team, and nobody else; the sub-selects are asked once a query.
CREATE POLICY team ON filings
USING (matter_id = any((SELECT readable_matters())::uuid[]))
WITH CHECK (
    matter_id = any((SELECT readable_matters())::uuid[])
    AND added_by = (SELECT acting_person())
);
CREATE POLICY team ON filing_passages
USING (matter_id = any((SELECT readable_matters())::uuid[]));
CREATE POLICY team ON filing_postings
USING (matter_id = any((SELECT readable_matters())::uuid[]));
CREATE POLICY team ON filing_citations
USING (matter_id = any((SELECT readable_matters())::uuid[]));
-- A note is read by the team, and changed by whoever wrote it.
CREATE POLICY read ON notes FOR SELECT
USING (matter_id = any((SELECT readable_matters())::uuid[]));
CREATE POLICY write ON notes FOR INSERT WITH CHECK (
    matter_id = any((SELECT readable_matters())::uuid[])
    AND written_by = (SELECT acting_person())
);
CREATE POLICY change ON notes FOR UPDATE USING (
    matter_id = any((SELECT readable_matters())::uuid[])
    AND written_by = (SELECT acting_person())
);
CREATE POLICY remove ON notes FOR DELETE USING (
    matter_id = any((SELECT readable_matters())::uuid[])
    AND written_by = (SELECT acting_person())
);
CREATE POLICY team ON answers
USING (matter_id = any((SELECT readable_matters())::uuid[]))
WITH CHECK (
    matter_id = any((SELECT readable_matters())::uuid[])
    AND kept_by = (SELECT acting_person())
);

-- Nothing is added to a closed matter, and nothing is taken from one under legal hold.
CREATE POLICY open ON filings AS RESTRICTIVE FOR INSERT
WITH CHECK (matter_id = any(array(
    SELECT matters.matter_id FROM matters
    WHERE matters.state = 'open'
)));
CREATE POLICY open ON notes AS RESTRICTIVE FOR INSERT
WITH CHECK (matter_id = any(array(
    SELECT matters.matter_id FROM matters
    WHERE matters.state = 'open'
)));
CREATE POLICY open ON answers AS RESTRICTIVE FOR INSERT
WITH CHECK (matter_id = any(array(
    SELECT matters.matter_id FROM matters
    WHERE matters.state = 'open'
)));
CREATE POLICY hold ON filings AS RESTRICTIVE FOR DELETE
USING (matter_id <> all(array(
    SELECT matters.matter_id FROM matters
    WHERE matters.legal_hold
)));
CREATE POLICY hold ON notes AS RESTRICTIVE FOR DELETE
USING (matter_id <> all(array(
    SELECT matters.matter_id FROM matters
    WHERE matters.legal_hold
)));
CREATE POLICY hold ON answers AS RESTRICTIVE FOR DELETE
USING (matter_id <> all(array(
    SELECT matters.matter_id FROM matters
    WHERE matters.legal_hold
)));

-- The paper that a wall is tried out with is written by the admin who tries it, read by nobody.
CREATE POLICY plant ON filings FOR INSERT WITH CHECK (
    added_by = (SELECT acting_person())
    AND matter_id = any(array(
        SELECT matters.matter_id FROM matters
        WHERE matters.canary AND matters.opened_by = acting_person()
    ))
);
CREATE POLICY plant ON filing_passages FOR INSERT WITH CHECK (matter_id = any(array(
    SELECT matters.matter_id FROM matters
    WHERE matters.canary AND matters.opened_by = acting_person()
)));
CREATE POLICY plant ON filing_postings FOR INSERT WITH CHECK (matter_id = any(array(
    SELECT matters.matter_id FROM matters
    WHERE matters.canary AND matters.opened_by = acting_person()
)));
CREATE POLICY plant ON filing_citations FOR INSERT WITH CHECK (matter_id = any(array(
    SELECT matters.matter_id FROM matters
    WHERE matters.canary AND matters.opened_by = acting_person()
)));
