-- What the firm has settled, what each person has used, and the trail of what was done.

CREATE TABLE firm_settings (
    name text PRIMARY KEY,
    -- A secret is a JSON string that only the key outside the database unlocks.
    value jsonb NOT NULL,
    set_by uuid NOT NULL REFERENCES people,
    set_at timestamptz NOT NULL DEFAULT now()
);

-- How much a person has used of what is limited, by hour or by day.
CREATE TABLE allowances (
    person_id uuid NOT NULL REFERENCES people ON DELETE CASCADE,
    what text NOT NULL,
    since timestamptz NOT NULL,
    used bigint NOT NULL CHECK (used >= 0),
    PRIMARY KEY (person_id, what, since)
);

-- Who was kept out of a matter that is no more: the trail still speaks of it, and not to them.
CREATE TABLE removed_matters (
    matter_id uuid PRIMARY KEY,
    walled uuid[] NOT NULL,
    removed_at timestamptz NOT NULL DEFAULT now()
);

CREATE FUNCTION remember_walls() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    INSERT INTO removed_matters (matter_id, walled)
    SELECT OLD.matter_id, coalesce(array_agg(walls.person_id), '{}')
    FROM walls
    WHERE walls.matter_id = OLD.matter_id;
    RETURN OLD;
END
$$;
CREATE TRIGGER remember_walls BEFORE DELETE ON matters
FOR EACH ROW EXECUTE FUNCTION remember_walls();

-- The trail. Rows are added and never changed; each carries a hash of itself and of the one before,
-- so that what was changed behind our back shows.
CREATE TABLE audit_entries (
    -- In the order of the chain, without a gap. Nobody is shown it: a gap would tell of a matter.
    seq bigint PRIMARY KEY,
    entry_id uuid NOT NULL UNIQUE DEFAULT gen_random_uuid(),
    at timestamptz NOT NULL,
    -- Null: somebody who was not signed in. Neither is a reference: the trail outlives them.
    person_id uuid,
    matter_id uuid,
    action text NOT NULL CHECK (action ~ '^[a-z_]+(\.[a-z_]+)?$'),
    subject text NOT NULL DEFAULT '',
    detail jsonb NOT NULL DEFAULT '{}',
    -- SHA-256 of the words asked, salted with the entry's id; null where none are kept.
    text_sha256 bytea,
    hash bytea NOT NULL
);
CREATE INDEX audit_entries_person ON audit_entries (person_id, seq);
CREATE INDEX audit_entries_matter ON audit_entries (matter_id, seq);
CREATE INDEX audit_entries_action ON audit_entries (action, seq);
CREATE INDEX audit_entries_subject ON audit_entries (subject, seq);
CREATE INDEX audit_entries_at ON audit_entries (at);

-- The words asked, apart: retention takes them away and the chain stays whole.
CREATE TABLE audit_texts (
    entry_id uuid PRIMARY KEY REFERENCES audit_entries (entry_id),
    text text NOT NULL,
    at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX audit_texts_at ON audit_texts (at);

CREATE FUNCTION audit_hash(entry audit_entries, before bytea) RETURNS bytea
LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp
RETURN sha256(before || convert_to(
    jsonb_build_array(
        entry.seq, entry.entry_id, extract(EPOCH FROM entry.at), entry.person_id, entry.matter_id,
        entry.action, entry.subject, entry.detail, encode(entry.text_sha256, 'hex')
    )::text, 'UTF8'
));

CREATE FUNCTION chain_entry() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    last audit_entries;
BEGIN
    -- One at a time, until the writer commits: who comes next sees this one.
    PERFORM pg_advisory_xact_lock(667646802);
    SELECT * INTO last FROM audit_entries ORDER BY seq DESC LIMIT 1;
    NEW.seq := coalesce(last.seq, 0) + 1;
    NEW.at := clock_timestamp();
    NEW.hash := audit_hash(NEW, coalesce(last.hash, ''));
    RETURN NEW;
END
$$;
CREATE TRIGGER chain_entry BEFORE INSERT ON audit_entries
FOR EACH ROW EXECUTE FUNCTION chain_entry();

CREATE FUNCTION refuse_change() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RAISE EXCEPTION 'the audit trail is never changed' USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entries
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER refuse_change BEFORE UPDATE OR TRUNCATE ON audit_texts
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Matters of which the trail may speak to the acting person.
CREATE FUNCTION audited_matters() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
RETURN readable_matters() || arranged_matters() || (
    SELECT coalesce(array_agg(removed_matters.matter_id), '{}')
    FROM removed_matters
    WHERE NOT acting_person() = any(removed_matters.walled)
);

-- When was the first entry written that does not fit, and nothing where the chain is whole?
CREATE FUNCTION break_in_audit() RETURNS timestamptz
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
BEGIN ATOMIC
    SELECT chained.at
    FROM (
        SELECT
            entry.seq,
            entry.at,
            entry.hash = audit_hash(entry, coalesce(lag(entry.hash) OVER by_seq, '')) AS fits,
            row_number() OVER by_seq AS n
        FROM audit_entries AS entry
        WINDOW by_seq AS (ORDER BY entry.seq)
    ) AS chained
    LEFT JOIN audit_entries AS itself ON chained.seq = itself.seq
    LEFT JOIN audit_texts AS words ON itself.entry_id = words.entry_id
    WHERE
        NOT chained.fits
        OR chained.seq <> chained.n
        OR (
            words.text IS NOT null
            AND sha256(convert_to(itself.entry_id || words.text, 'UTF8'))
            IS DISTINCT FROM itself.text_sha256
        )
    ORDER BY chained.seq
    LIMIT 1;
END;

-- Take away the words asked more than so many days ago; that it was done enters the trail.
CREATE FUNCTION forget_audit_texts(days integer) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    gone bigint;
BEGIN
    DELETE FROM audit_texts WHERE at < now() - make_interval(days => days);
    GET DIAGNOSTICS gone = ROW_COUNT;
    IF gone > 0 THEN
        INSERT INTO audit_entries (action, detail)
        VALUES ('trail.forget', jsonb_build_object('texts', gone, 'days', days));
    END IF;
    RETURN gone;
END
$$;

ALTER TABLE audit_entries ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_entries FORCE ROW LEVEL SECURITY;
ALTER TABLE audit_texts ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_texts FORCE ROW LEVEL SECURITY;
ALTER TABLE removed_matters ENABLE ROW LEVEL SECURITY;
ALTER TABLE removed_matters FORCE ROW LEVEL SECURITY;

CREATE POLICY functions_read ON audit_entries FOR SELECT TO current_user USING (true);
CREATE POLICY functions_add ON audit_entries FOR INSERT TO current_user WITH CHECK (true);
CREATE POLICY functions_read ON audit_texts FOR SELECT TO current_user USING (true);
CREATE POLICY functions_forget ON audit_texts FOR DELETE TO current_user USING (true);
CREATE POLICY functions_read ON removed_matters FOR SELECT TO current_user USING (true);
CREATE POLICY functions_add ON removed_matters FOR INSERT TO current_user WITH CHECK (true);

-- An admin sees all but what concerns matters hidden from him; everybody sees his own of the same.
CREATE POLICY see ON audit_entries FOR SELECT USING (
    (matter_id IS null OR matter_id = any((SELECT audited_matters())::uuid[]))
    AND (person_id = (SELECT acting_person()) OR (SELECT acts_as('admin')))
);
-- Nobody writes in another's name; who is not signed in yet may be named.
CREATE POLICY add ON audit_entries FOR INSERT WITH CHECK (
    (SELECT acting_person()) IS null OR person_id = (SELECT acting_person())
);
CREATE POLICY see ON audit_texts FOR SELECT USING (
    EXISTS (
        SELECT FROM audit_entries
        WHERE audit_entries.entry_id = audit_texts.entry_id
    )
);
CREATE POLICY add ON audit_texts FOR INSERT WITH CHECK ((SELECT acting_person()) IS NOT null);
