-- The firm's own voices: what each was taught, what was trained of it, how that was measured, and
-- which of it speaks. What is taught comes from matters, so that it stands behind the same walls;
-- when a matter's consent is taken back, or a filing or matter removed, its passages go with it,
-- and every model that saw them is switched off and trained anew without them.

-- Since when a matter's filings may teach the style model, and who said so.
ALTER TABLE matters
ADD COLUMN taught_since timestamptz,
ADD COLUMN taught_by uuid REFERENCES people;
UPDATE matters
SET
    taught_since = opened_at,
    taught_by = opened_by
WHERE teaches_style;

CREATE TABLE style_voices (
    voice_id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    -- Of a practice, an author, a kind of document.
    name text NOT NULL UNIQUE CHECK (name <> ''),
    made_by uuid NOT NULL REFERENCES people,
    made_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE TABLE style_datasets (
    dataset_id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    voice_id uuid NOT NULL REFERENCES style_voices ON DELETE CASCADE,
    -- Over its examples, as they were when it was made.
    sha256 text NOT NULL,
    -- Decides which matter is held back, the order, and the canaries.
    seed integer NOT NULL,
    deidentified boolean NOT NULL,
    made_by uuid NOT NULL REFERENCES people,
    made_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    -- What was left of another when something of it was withdrawn.
    instead_of uuid REFERENCES style_datasets
);
CREATE INDEX style_datasets_voice ON style_datasets (voice_id, made_at);
CREATE INDEX style_datasets_instead_of ON style_datasets (instead_of);

-- The ledger: what a dataset was made of. It outlives what it names, and so refers to nothing.
CREATE TABLE style_sources (
    dataset_id uuid NOT NULL REFERENCES style_datasets ON DELETE CASCADE,
    -- A filing's id, or the id and part of an opinion.
    source text NOT NULL,
    -- Null of an opinion, which is public.
    matter_id uuid,
    filing_id uuid,
    author text NOT NULL DEFAULT '',
    half text NOT NULL CHECK (half IN ('train', 'valid', 'test')),
    examples integer NOT NULL,
    words integer NOT NULL,
    -- Who let the matter teach, and since when.
    consented_by uuid,
    consented_at timestamptz,
    withdrawn_at timestamptz,
    withdrawn_because text CHECK (
        withdrawn_because IN ('consent withdrawn', 'filing removed', 'matter removed')
    ),
    PRIMARY KEY (dataset_id, source),
    CHECK ((matter_id IS null) = (filing_id IS null)),
    CHECK ((withdrawn_at IS null) = (withdrawn_because IS null))
);
CREATE INDEX style_sources_matter ON style_sources (matter_id);
CREATE INDEX style_sources_filing ON style_sources (filing_id);

-- The passages themselves, in the firm's words and in plain ones.
CREATE TABLE style_examples (
    dataset_id uuid NOT NULL,
    ordinal integer NOT NULL,
    source text NOT NULL,
    matter_id uuid,
    plain text NOT NULL,
    own text NOT NULL,
    PRIMARY KEY (dataset_id, ordinal),
    FOREIGN KEY (dataset_id, source) REFERENCES style_sources ON DELETE CASCADE
);
CREATE INDEX style_examples_source ON style_examples (dataset_id, source);
CREATE INDEX style_examples_matter ON style_examples (matter_id);

-- An adapter, from when it is asked for; until it is trained it is work for a worker.
CREATE TABLE style_adapters (
    adapter_id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    voice_id uuid NOT NULL REFERENCES style_voices ON DELETE CASCADE,
    dataset_id uuid NOT NULL REFERENCES style_datasets ON DELETE CASCADE,
    state text NOT NULL DEFAULT 'waiting' CHECK (state IN (
        'waiting', 'training', 'trained', 'evaluated', 'promoted', 'retired',
        'failed', 'cancelled', 'withdrawn'
    )),
    -- Why it is where it is, in words.
    reason text,
    -- The base model's folder, where it was trained.
    base text NOT NULL,
    recipe jsonb NOT NULL,
    versions jsonb NOT NULL DEFAULT '{}',
    -- Steps and losses.
    curve jsonb NOT NULL DEFAULT '[]',
    step integer NOT NULL DEFAULT 0,
    steps integer NOT NULL DEFAULT 0,
    seconds_left real,
    asked_by uuid NOT NULL REFERENCES people,
    asked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    ended_at timestamptz,
    -- Trained anew in place of one that saw what was withdrawn.
    instead_of uuid REFERENCES style_adapters,
    -- The entry of the audit trail with the evidence that it was promoted on.
    promoted_by_entry uuid,
    -- When it last came to speak: what a rollback goes back to.
    promoted_at timestamptz,
    attempts integer NOT NULL DEFAULT 0,
    worker uuid,
    leased_until timestamptz
);
CREATE INDEX style_adapters_voice ON style_adapters (voice_id, asked_at);
CREATE INDEX style_adapters_dataset ON style_adapters (dataset_id);
CREATE INDEX style_adapters_instead_of ON style_adapters (instead_of);
CREATE UNIQUE INDEX style_adapters_promoted ON style_adapters (voice_id) WHERE state = 'promoted';

CREATE TABLE style_evaluations (
    evaluation_id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    adapter_id uuid NOT NULL REFERENCES style_adapters ON DELETE CASCADE,
    -- Every figure with its n and its interval.
    figures jsonb NOT NULL,
    made_by uuid NOT NULL REFERENCES people,
    made_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX style_evaluations_adapter ON style_evaluations (adapter_id, made_at);

-- Two wordings of one plain line, unlabelled: which sounds like us?
CREATE TABLE style_ballots (
    ballot_id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    adapter_id uuid NOT NULL REFERENCES style_adapters ON DELETE CASCADE,
    -- Of the passage that it was made of; null of an opinion's.
    matter_id uuid,
    plain text NOT NULL,
    by_adapter text NOT NULL,
    by_other text NOT NULL,
    -- Whether the adapter's is the one shown first: by lot, so that its place tells nothing.
    adapter_first boolean NOT NULL,
    made_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX style_ballots_adapter ON style_ballots (adapter_id);
CREATE INDEX style_ballots_matter ON style_ballots (matter_id);

CREATE TABLE style_votes (
    ballot_id uuid NOT NULL REFERENCES style_ballots ON DELETE CASCADE,
    person_id uuid NOT NULL REFERENCES people ON DELETE CASCADE,
    for_adapter boolean NOT NULL,
    voted_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (ballot_id, person_id)
);

ALTER TABLE style_sources ENABLE ROW LEVEL SECURITY;
ALTER TABLE style_sources FORCE ROW LEVEL SECURITY;
ALTER TABLE style_examples ENABLE ROW LEVEL SECURITY;
ALTER TABLE style_examples FORCE ROW LEVEL SECURITY;
ALTER TABLE style_ballots ENABLE ROW LEVEL SECURITY;
ALTER TABLE style_ballots FORCE ROW LEVEL SECURITY;
ALTER TABLE style_votes ENABLE ROW LEVEL SECURITY;
ALTER TABLE style_votes FORCE ROW LEVEL SECURITY;

-- The ledger tells of a matter to whom the trail may speak of it; the passages are the team's.
CREATE POLICY see ON style_sources FOR SELECT USING (
    matter_id IS null OR matter_id = any((SELECT audited_matters())::uuid[])
);
CREATE POLICY write ON style_sources FOR INSERT WITH CHECK (
    matter_id IS null
    OR matter_id = any(array(
        SELECT matters.matter_id FROM matters
        WHERE
            matters.teaches_style
            AND matters.matter_id = any((SELECT readable_matters())::uuid[])
    ))
);
CREATE POLICY team ON style_examples USING (
    matter_id IS null OR matter_id = any((SELECT readable_matters())::uuid[])
);
CREATE POLICY team ON style_ballots USING (
    matter_id IS null OR matter_id = any((SELECT readable_matters())::uuid[])
);
-- Votes are secret until they are counted, but one's own.
CREATE POLICY own ON style_votes
USING (person_id = (SELECT acting_person()))
WITH CHECK (person_id = (SELECT acting_person()));

-- The functions below run as the owner of the tables.
CREATE POLICY functions_all ON style_sources TO current_user USING (true);
CREATE POLICY functions_all ON style_examples TO current_user USING (true);
CREATE POLICY functions_all ON style_ballots TO current_user USING (true);
CREATE POLICY functions_all ON style_votes TO current_user USING (true);

-- Was something of a dataset's a matter of which the acting person may not know? Then they are told
-- no figure of it.
CREATE FUNCTION style_hides(dataset uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
BEGIN ATOMIC
    SELECT exists(
        SELECT FROM style_sources AS held
        WHERE
            held.dataset_id = style_hides.dataset  -- noqa: RF01
            AND held.matter_id IS NOT null
            AND NOT held.matter_id = any(audited_matters())
    );
END;

-- Which work is next? It is this worker's for the time of the lease.
CREATE FUNCTION claim_training(by_worker uuid, lease interval)
RETURNS TABLE (
    adapter_id uuid, voice_id uuid, dataset_id uuid, base text, recipe jsonb, attempts integer
)
LANGUAGE sql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
BEGIN ATOMIC
    UPDATE style_adapters
    SET
        state = 'training',
        worker = claim_training.by_worker,  -- noqa: RF01
        leased_until = clock_timestamp() + claim_training.lease,  -- noqa: RF01
        attempts = style_adapters.attempts + 1
    WHERE
        style_adapters.adapter_id = (
            SELECT waiting.adapter_id
            FROM style_adapters AS waiting
            WHERE
                waiting.state IN ('waiting', 'training')
                AND (waiting.leased_until IS null OR waiting.leased_until < clock_timestamp())
            ORDER BY waiting.asked_at, waiting.adapter_id
            LIMIT 1
            FOR UPDATE SKIP LOCKED
        )
    RETURNING
        style_adapters.adapter_id, style_adapters.voice_id, style_adapters.dataset_id,
        style_adapters.base, style_adapters.recipe, style_adapters.attempts;
END;

-- What a worker reads of the training that it has taken: nobody asks here, and nobody is shown it.
CREATE FUNCTION style_lessons(by_worker uuid)
RETURNS TABLE (source text, author text, half text, plain text, own text)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
BEGIN ATOMIC
    SELECT
        example.source,
        held.author,
        held.half,
        example.plain,
        example.own
    FROM style_adapters AS adapter
    INNER JOIN style_examples AS example ON adapter.dataset_id = example.dataset_id
    INNER JOIN style_sources AS held
        ON example.dataset_id = held.dataset_id AND example.source = held.source
    WHERE
        adapter.worker = style_lessons.by_worker  -- noqa: RF01
        AND adapter.leased_until > clock_timestamp()
    ORDER BY example.ordinal;
END;

-- How the votes on an adapter stand, once as many lawyers have voted as are asked for.
CREATE FUNCTION count_style_votes(adapter uuid)
RETURNS TABLE (person_id uuid, for_adapter bigint, votes bigint)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
BEGIN ATOMIC
    SELECT
        vote.person_id,
        count(*) FILTER (WHERE vote.for_adapter),
        count(*)
    FROM style_votes AS vote
    INNER JOIN style_ballots AS ballot ON vote.ballot_id = ballot.ballot_id
    WHERE ballot.adapter_id = count_style_votes.adapter  -- noqa: RF01
    GROUP BY vote.person_id
    ORDER BY vote.person_id;
END;

-- Take out of every dataset what may teach no more. What was made of it is switched off in the same
-- transaction, and what is left of it is put in line to be trained anew.
CREATE FUNCTION withdraw_style(gone_matter uuid, gone_filing uuid, because text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    touched uuid[];
    old_dataset uuid;
    new_dataset uuid;
    off record;
BEGIN
    -- One at a time with whoever makes a dataset: neither overlooks the other.
    PERFORM pg_advisory_xact_lock(667646803);
    WITH withdrawn AS (
        UPDATE style_sources
        SET withdrawn_at = clock_timestamp(), withdrawn_because = because
        WHERE
            withdrawn_at IS null
            AND matter_id = gone_matter
            AND (gone_filing IS null OR filing_id = gone_filing)
        RETURNING dataset_id
    )
    SELECT array_agg(DISTINCT dataset_id) INTO touched FROM withdrawn;
    DELETE FROM style_ballots
    WHERE
        matter_id = gone_matter
        AND adapter_id IN (SELECT adapter_id FROM style_adapters WHERE dataset_id = any(touched));
    FOREACH old_dataset IN ARRAY coalesce(touched, '{}') LOOP
        DELETE FROM style_examples
        USING style_sources
        WHERE
            style_examples.dataset_id = old_dataset
            AND style_sources.dataset_id = old_dataset
            AND style_examples.source = style_sources.source
            AND style_sources.withdrawn_at IS NOT null;
        new_dataset := null;
        FOR off IN
            UPDATE style_adapters
            SET
                state = 'withdrawn',
                reason = 'It was taught by what may teach no more (' || because || ').',
                worker = null,
                leased_until = null,
                ended_at = clock_timestamp()
            FROM (
                SELECT adapter_id, state FROM style_adapters WHERE dataset_id = old_dataset
            ) AS before
            WHERE
                style_adapters.adapter_id = before.adapter_id
                AND before.state NOT IN ('failed', 'cancelled', 'withdrawn')
            RETURNING style_adapters.*, before.state AS was
        LOOP
            INSERT INTO audit_entries (person_id, matter_id, action, subject, detail)
            VALUES (
                acting_person(), gone_matter, 'style.withdraw', off.adapter_id::text,
                jsonb_build_object('because', because, 'was', off.was)
            );
            CONTINUE WHEN off.was = 'retired' OR NOT exists(
                SELECT FROM style_examples WHERE style_examples.dataset_id = old_dataset
            );
            IF new_dataset IS null THEN
                new_dataset := copy_style_dataset(old_dataset);
            END IF;
            INSERT INTO style_adapters (voice_id, dataset_id, base, recipe, asked_by, instead_of)
            VALUES (
                off.voice_id, new_dataset, off.base, off.recipe, off.asked_by, off.adapter_id
            );
        END LOOP;
    END LOOP;
END
$$;

-- Make a dataset of what is left of another. Its matters stay in their halves.
CREATE FUNCTION copy_style_dataset(old_dataset uuid) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    new_dataset uuid;
BEGIN
    INSERT INTO style_datasets (voice_id, sha256, seed, deidentified, made_by, instead_of)
    SELECT
        voice_id,
        (
            SELECT encode(sha256(convert_to(
                string_agg(plain || E'\n' || own, E'\n' ORDER BY ordinal), 'UTF8'
            )), 'hex')
            FROM style_examples WHERE dataset_id = old_dataset
        ),
        seed, deidentified, made_by, dataset_id
    FROM style_datasets
    WHERE dataset_id = old_dataset
    RETURNING dataset_id INTO new_dataset;
    INSERT INTO style_sources
        (dataset_id, source, matter_id, filing_id, author, half, examples, words, consented_by,
        consented_at)
    SELECT
        new_dataset, source, matter_id, filing_id, author, half, examples, words, consented_by,
        consented_at
    FROM style_sources
    WHERE dataset_id = old_dataset AND withdrawn_at IS null;
    INSERT INTO style_examples (dataset_id, ordinal, source, matter_id, plain, own)
    SELECT new_dataset, ordinal, source, matter_id, plain, own
    FROM style_examples
    WHERE dataset_id = old_dataset;
    RETURN new_dataset;
END
$$;

CREATE FUNCTION note_consent() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    NEW.taught_since := CASE WHEN NEW.teaches_style THEN clock_timestamp() END;
    NEW.taught_by := CASE WHEN NEW.teaches_style THEN acting_person() END;
    RETURN NEW;
END
$$;
CREATE TRIGGER note_consent BEFORE UPDATE OF teaches_style ON matters
FOR EACH ROW WHEN (old.teaches_style <> new.teaches_style) EXECUTE FUNCTION note_consent();

CREATE FUNCTION withdraw_consent() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    PERFORM withdraw_style(OLD.matter_id, null, 'consent withdrawn');
    RETURN null;
END
$$;
CREATE TRIGGER withdraw_consent AFTER UPDATE OF teaches_style ON matters
FOR EACH ROW WHEN (old.teaches_style AND NOT new.teaches_style)
EXECUTE FUNCTION withdraw_consent();

CREATE FUNCTION withdraw_matter() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    PERFORM withdraw_style(OLD.matter_id, null, 'matter removed');
    RETURN OLD;
END
$$;
CREATE TRIGGER withdraw_matter BEFORE DELETE ON matters
FOR EACH ROW EXECUTE FUNCTION withdraw_matter();

CREATE FUNCTION withdraw_filing() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    PERFORM withdraw_style(OLD.matter_id, OLD.filing_id, 'filing removed');
    RETURN OLD;
END
$$;
CREATE TRIGGER withdraw_filing BEFORE DELETE ON filings
FOR EACH ROW EXECUTE FUNCTION withdraw_filing();
