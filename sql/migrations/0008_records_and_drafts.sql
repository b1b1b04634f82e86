-- What is kept of answers: the record of how each came about, and the drafts that a matter's team
-- makes of them. A record is whoever's who asked; of a matter's team where it was asked for one, or
-- put with one. Its hash stands in the audit trail, so that nobody alters it unseen.

CREATE TABLE traces (
    trace_id uuid PRIMARY KEY,
    person_id uuid NOT NULL REFERENCES people ON DELETE CASCADE,
    matter_id uuid REFERENCES matters ON DELETE CASCADE,
    asked_at timestamptz NOT NULL,
    -- JSON, as it was written; every byte of it counts in its hash.
    record text NOT NULL,
    -- What lists show is read from the record, and so is nothing that could be altered alone.
    question text NOT NULL GENERATED ALWAYS AS (record::jsonb -> 'answer' ->> 'question') STORED,
    standing text NOT NULL GENERATED ALWAYS AS (record::jsonb -> 'answer' ->> 'standing') STORED,
    CHECK (record::jsonb ->> 'trace_id' = trace_id::text),
    CHECK (record::jsonb -> 'asked_by' ->> 'person_id' = person_id::text)
);
CREATE INDEX traces_person ON traces (person_id, asked_at);
CREATE INDEX traces_matter ON traces (matter_id, asked_at);
CREATE INDEX traces_asked_at ON traces (asked_at);

-- Who says to have read a source of an answer (its number), or to have reviewed the whole (0).
CREATE TABLE trace_confirmations (
    trace_id uuid NOT NULL REFERENCES traces ON DELETE CASCADE,
    n integer NOT NULL CHECK (n >= 0),
    person_id uuid NOT NULL REFERENCES people ON DELETE CASCADE,
    confirmed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (trace_id, n, person_id)
);

CREATE TABLE drafts (
    draft_id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    matter_id uuid NOT NULL REFERENCES matters ON DELETE CASCADE,
    title text NOT NULL,
    -- JSON: the answer that it began with, its sources as they were then.
    origin text NOT NULL,
    started_by uuid NOT NULL REFERENCES people,
    started_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (matter_id, draft_id)
);

-- Every text that was saved of a draft; none is ever changed.
CREATE TABLE draft_versions (
    draft_id uuid NOT NULL,
    version integer NOT NULL CHECK (version > 0),
    matter_id uuid NOT NULL,
    text text NOT NULL,
    -- JSON: what the check of each sentence said when it was saved.
    claims text NOT NULL,
    saved_by uuid NOT NULL REFERENCES people,
    saved_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (draft_id, version),
    FOREIGN KEY (matter_id, draft_id) REFERENCES drafts (matter_id, draft_id) ON DELETE CASCADE
);

-- As trace_confirmations; a review is of one version, the reading of a source of none (0).
CREATE TABLE draft_confirmations (
    draft_id uuid NOT NULL,
    n integer NOT NULL CHECK (n >= 0),
    version integer NOT NULL CHECK ((version > 0) = (n = 0)),
    matter_id uuid NOT NULL,
    person_id uuid NOT NULL REFERENCES people,
    confirmed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (draft_id, n, version, person_id),
    FOREIGN KEY (matter_id, draft_id) REFERENCES drafts (matter_id, draft_id) ON DELETE CASCADE
);

ALTER TABLE traces ENABLE ROW LEVEL SECURITY;
ALTER TABLE traces FORCE ROW LEVEL SECURITY;
ALTER TABLE trace_confirmations ENABLE ROW LEVEL SECURITY;
ALTER TABLE trace_confirmations FORCE ROW LEVEL SECURITY;
ALTER TABLE drafts ENABLE ROW LEVEL SECURITY;
ALTER TABLE drafts FORCE ROW LEVEL SECURITY;
ALTER TABLE draft_versions ENABLE ROW LEVEL SECURITY;
ALTER TABLE draft_versions FORCE ROW LEVEL SECURITY;
ALTER TABLE draft_confirmations ENABLE ROW LEVEL SECURITY;
ALTER TABLE draft_confirmations FORCE ROW LEVEL SECURITY;

-- No administrator reads another's record; one who may not act any more reads none.
CREATE POLICY see ON traces FOR SELECT USING (
    (
        matter_id IS null
        AND person_id = (SELECT acting_person())
        AND (SELECT acts_as('lawyer') OR acts_as('paralegal') OR acts_as('admin'))
    )
    OR matter_id = any((SELECT readable_matters())::uuid[])
);
CREATE POLICY write ON traces FOR INSERT WITH CHECK (
    person_id = (SELECT acting_person())
    AND (matter_id IS null OR matter_id = any((SELECT readable_matters())::uuid[]))
);
-- One's own may be put with a matter, once.
CREATE POLICY put ON traces FOR UPDATE
USING (matter_id IS null AND person_id = (SELECT acting_person()))
WITH CHECK (matter_id = any((SELECT readable_matters())::uuid[]));
-- Whoever may read a record may confirm; these sub-selects ask as they do.
CREATE POLICY see ON trace_confirmations FOR SELECT USING (EXISTS (
    SELECT FROM traces
    WHERE traces.trace_id = trace_confirmations.trace_id
));
CREATE POLICY write ON trace_confirmations FOR INSERT WITH CHECK (
    person_id = (SELECT acting_person())
    AND EXISTS (
        SELECT FROM traces
        WHERE traces.trace_id = trace_confirmations.trace_id
    )
);
CREATE POLICY remove ON trace_confirmations FOR DELETE USING (
    person_id = (SELECT acting_person())
    AND NOT EXISTS (
        SELECT FROM traces
        INNER JOIN matters ON traces.matter_id = matters.matter_id
        WHERE traces.trace_id = trace_confirmations.trace_id AND matters.legal_hold
    )
);

CREATE POLICY team ON drafts
USING (matter_id = any((SELECT readable_matters())::uuid[]));
CREATE POLICY write ON drafts AS RESTRICTIVE FOR INSERT
WITH CHECK (started_by = (SELECT acting_person()));
CREATE POLICY team ON draft_versions
USING (matter_id = any((SELECT readable_matters())::uuid[]));
CREATE POLICY write ON draft_versions AS RESTRICTIVE FOR INSERT
WITH CHECK (saved_by = (SELECT acting_person()));
CREATE POLICY team ON draft_confirmations
USING (matter_id = any((SELECT readable_matters())::uuid[]));
CREATE POLICY write ON draft_confirmations AS RESTRICTIVE FOR INSERT
WITH CHECK (person_id = (SELECT acting_person()));
CREATE POLICY own ON draft_confirmations AS RESTRICTIVE FOR DELETE
USING (person_id = (SELECT acting_person()));

-- Nothing is added to a closed matter, and nothing is taken from one under legal hold.
CREATE POLICY open ON traces AS RESTRICTIVE FOR INSERT
WITH CHECK (matter_id IS null OR matter_id = any(array(
    SELECT matters.matter_id FROM matters
    WHERE matters.state = 'open'
)));
CREATE POLICY open_to_be_put ON traces AS RESTRICTIVE FOR UPDATE
WITH CHECK (matter_id = any(array(
    SELECT matters.matter_id FROM matters
    WHERE matters.state = 'open'
)));
CREATE POLICY open ON drafts AS RESTRICTIVE FOR INSERT
WITH CHECK (matter_id = any(array(
    SELECT matters.matter_id FROM matters
    WHERE matters.state = 'open'
)));
CREATE POLICY open ON draft_versions AS RESTRICTIVE FOR INSERT
WITH CHECK (matter_id = any(array(
    SELECT matters.matter_id FROM matters
    WHERE matters.state = 'open'
)));
CREATE POLICY hold ON drafts AS RESTRICTIVE FOR DELETE
USING (matter_id <> all(array(
    SELECT matters.matter_id FROM matters
    WHERE matters.legal_hold
)));
CREATE POLICY hold ON draft_versions AS RESTRICTIVE FOR DELETE
USING (matter_id <> all(array(
    SELECT matters.matter_id FROM matters
    WHERE matters.legal_hold
)));
CREATE POLICY hold ON draft_confirmations AS RESTRICTIVE FOR DELETE
USING (matter_id <> all(array(
    SELECT matters.matter_id FROM matters
    WHERE matters.legal_hold
)));

-- The functions below, and whoever owns the tables and looks over what is kept.
CREATE POLICY functions_read ON traces FOR SELECT TO current_user USING (true);
CREATE POLICY functions_forget ON traces FOR DELETE TO current_user USING (true);
CREATE POLICY functions_read ON trace_confirmations FOR SELECT TO current_user USING (true);
CREATE POLICY functions_read ON drafts FOR SELECT TO current_user USING (true);
CREATE POLICY functions_read ON draft_versions FOR SELECT TO current_user USING (true);
CREATE POLICY functions_read ON draft_confirmations FOR SELECT TO current_user USING (true);

-- What of a record is not as the audit trail has it? 'record': a byte of it, or who asked;
-- 'matter': with which matter it was put; 'confirmations': who read what. Its first entry counts:
-- one that is added later proves nothing.
CREATE FUNCTION trace_faults(trace traces) RETURNS text[]
LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
BEGIN ATOMIC
    WITH entries AS (
        SELECT
            entry.seq,
            entry.action,
            entry.person_id,
            entry.matter_id,
            entry.detail
        FROM audit_entries AS entry
        WHERE entry.subject = trace.trace_id::text  -- noqa: RF01
    ),

    asked AS (
        SELECT
            entries.person_id,
            entries.detail ->> 'record_sha256' AS record_sha256
        FROM entries
        WHERE entries.action = 'ask'
        ORDER BY entries.seq
        LIMIT 1
    ),

    placed AS (
        SELECT entries.matter_id
        FROM entries
        WHERE entries.action IN ('ask', 'trace.put')
        ORDER BY entries.seq DESC
        LIMIT 1
    )

    SELECT array_remove(ARRAY[
        CASE WHEN NOT EXISTS (
            SELECT FROM asked
            WHERE
                asked.person_id = trace.person_id  -- noqa: RF01
                AND asked.record_sha256
                = encode(sha256(convert_to(trace.record, 'UTF8')), 'hex')  -- noqa: RF01
        ) THEN 'record' END,
        CASE WHEN NOT EXISTS (
            SELECT FROM placed
            WHERE placed.matter_id IS NOT DISTINCT FROM trace.matter_id  -- noqa: RF01
        ) THEN 'matter' END,
        CASE WHEN EXISTS (
            SELECT FROM trace_confirmations AS said
            WHERE
                said.trace_id = trace.trace_id  -- noqa: RF01
                AND NOT EXISTS (
                    SELECT FROM entries
                    WHERE
                        entries.action = 'trace.confirm'
                        AND entries.person_id = said.person_id
                        AND entries.detail ->> 'n' = said.n::text
                )
        ) THEN 'confirmations' END
    ], null);
END;

-- The same of a record that the acting person may read; null where there is none for them.
CREATE FUNCTION faults_in_trace(asked_for uuid) RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
BEGIN ATOMIC
    SELECT trace_faults(traces)
    FROM traces
    WHERE
        traces.trace_id = faults_in_trace.asked_for  -- noqa: RF01
        AND (
            (traces.matter_id IS null AND traces.person_id = acting_person())
            OR traces.matter_id = any(readable_matters())
        );
END;

-- Forget the records of what was asked more than so many days ago, but for those of matters under
-- legal hold; that it was done enters the trail, for each matter by itself.
CREATE FUNCTION forget_traces(days integer) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    gone uuid[];
BEGIN
    WITH forgotten AS (
        DELETE FROM traces
        WHERE
            asked_at < now() - make_interval(days => forget_traces.days)
            AND NOT EXISTS (
                SELECT FROM matters
                WHERE matters.matter_id = traces.matter_id AND matters.legal_hold
            )
        RETURNING matter_id
    )
    SELECT array_agg(forgotten.matter_id) INTO gone FROM forgotten;
    INSERT INTO audit_entries (matter_id, action, detail)
    SELECT each.matter_id, 'trace.forget',
        jsonb_build_object('records', count(*), 'days', forget_traces.days)
    FROM unnest(gone) AS each (matter_id)
    GROUP BY each.matter_id;
    RETURN coalesce(cardinality(gone), 0);
END
$$;
