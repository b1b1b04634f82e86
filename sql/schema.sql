-- The schema as the migrations make it. Written by a command: read it, do not change it.

CREATE FUNCTION public.acting_person() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    RETURN (NULLIF(current_setting('onpoint.person'::text, true), ''::text))::uuid;

CREATE TABLE public.people (
    person_id uuid DEFAULT gen_random_uuid() NOT NULL,
    login text NOT NULL,
    name text NOT NULL,
    roles text[] DEFAULT '{}'::text[] NOT NULL,
    is_owner boolean DEFAULT false NOT NULL,
    disabled_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    voice text,
    CONSTRAINT people_roles_check CHECK ((roles <@ '{lawyer,paralegal,admin}'::text[])),
    CONSTRAINT people_voice_check CHECK ((voice = ANY (ARRAY['off'::text, 'prompt'::text, 'adapter'::text])))
);

CREATE FUNCTION public.acts_as(role text) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    BEGIN ATOMIC
 SELECT (EXISTS ( SELECT
            FROM public.people
           WHERE ((people.person_id = public.acting_person()) AND (people.disabled_at IS NULL) AND (acts_as.role = ANY (people.roles))))) AS "exists";
END;

CREATE TABLE public.matters (
    matter_id uuid DEFAULT gen_random_uuid() NOT NULL,
    number text NOT NULL,
    name text NOT NULL,
    state text DEFAULT 'open'::text NOT NULL,
    external_models boolean DEFAULT false NOT NULL,
    teaches_style boolean DEFAULT false NOT NULL,
    legal_hold boolean DEFAULT false NOT NULL,
    opened_by uuid NOT NULL,
    opened_at timestamp with time zone DEFAULT now() NOT NULL,
    canary boolean DEFAULT false NOT NULL,
    asks_release boolean DEFAULT false NOT NULL,
    held_by uuid,
    taught_since timestamp with time zone,
    taught_by uuid,
    CONSTRAINT matters_state_check CHECK ((state = ANY (ARRAY['open'::text, 'closed'::text])))
);

ALTER TABLE ONLY public.matters FORCE ROW LEVEL SECURITY;

CREATE TABLE public.team_members (
    matter_id uuid NOT NULL,
    person_id uuid NOT NULL,
    added_by uuid NOT NULL,
    added_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY public.team_members FORCE ROW LEVEL SECURITY;

CREATE TABLE public.walls (
    matter_id uuid NOT NULL,
    person_id uuid NOT NULL,
    reason text NOT NULL,
    raised_by uuid NOT NULL,
    raised_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY public.walls FORCE ROW LEVEL SECURITY;

CREATE FUNCTION public.arranged_matters() RETURNS uuid[]
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    BEGIN ATOMIC
 SELECT COALESCE(array_agg(matters.matter_id), '{}'::uuid[]) AS "coalesce"
    FROM public.matters
   WHERE ((NOT (EXISTS ( SELECT
            FROM public.walls
           WHERE ((walls.matter_id = matters.matter_id) AND (walls.person_id = public.acting_person()))))) AND (public.acts_as('admin'::text) OR (public.acts_as('lawyer'::text) AND ((EXISTS ( SELECT
            FROM public.team_members
           WHERE ((team_members.matter_id = matters.matter_id) AND (team_members.person_id = public.acting_person())))) OR ((matters.opened_by = public.acting_person()) AND (NOT (EXISTS ( SELECT
            FROM public.team_members
           WHERE (team_members.matter_id = matters.matter_id)))))))));
END;

CREATE TABLE public.audit_entries (
    seq bigint NOT NULL,
    entry_id uuid DEFAULT gen_random_uuid() NOT NULL,
    at timestamp with time zone NOT NULL,
    person_id uuid,
    matter_id uuid,
    action text NOT NULL,
    subject text DEFAULT ''::text NOT NULL,
    detail jsonb DEFAULT '{}'::jsonb NOT NULL,
    text_sha256 bytea,
    hash bytea NOT NULL,
    CONSTRAINT audit_entries_action_check CHECK ((action ~ '^[a-z_]+(\.[a-z_]+)?$'::text))
);

ALTER TABLE ONLY public.audit_entries FORCE ROW LEVEL SECURITY;

CREATE FUNCTION public.audit_hash(entry public.audit_entries, before bytea) RETURNS bytea
    LANGUAGE sql IMMUTABLE
    RETURN sha256((before || convert_to((jsonb_build_array((entry).seq, (entry).entry_id, EXTRACT(epoch FROM (entry).at), (entry).person_id, (entry).matter_id, (entry).action, (entry).subject, (entry).detail, encode((entry).text_sha256, 'hex'::text)))::text, 'UTF8'::name)));

CREATE FUNCTION public.readable_matters() RETURNS uuid[]
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    BEGIN ATOMIC
 SELECT COALESCE(array_agg(member.matter_id), '{}'::uuid[]) AS "coalesce"
    FROM (public.team_members member
      JOIN public.people ON ((member.person_id = people.person_id)))
   WHERE ((member.person_id = public.acting_person()) AND (people.disabled_at IS NULL) AND (people.roles && '{lawyer,paralegal}'::text[]) AND (NOT (EXISTS ( SELECT
            FROM public.walls
           WHERE ((walls.matter_id = member.matter_id) AND (walls.person_id = member.person_id))))));
END;

CREATE TABLE public.removed_matters (
    matter_id uuid NOT NULL,
    walled uuid[] NOT NULL,
    removed_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY public.removed_matters FORCE ROW LEVEL SECURITY;

CREATE FUNCTION public.audited_matters() RETURNS uuid[]
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    RETURN ((public.readable_matters() || public.arranged_matters()) || (SELECT COALESCE(array_agg(removed_matters.matter_id), '{}'::uuid[]) AS "coalesce" FROM public.removed_matters WHERE (NOT (public.acting_person() = ANY (removed_matters.walled)))));

CREATE TABLE public.audit_texts (
    entry_id uuid NOT NULL,
    text text NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY public.audit_texts FORCE ROW LEVEL SECURITY;

CREATE FUNCTION public.break_in_audit() RETURNS timestamp with time zone
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    BEGIN ATOMIC
 SELECT chained.at
    FROM ((( SELECT entry.seq,
             entry.at,
             (entry.hash = public.audit_hash(entry.*, COALESCE(lag(entry.hash) OVER by_seq, '\x'::bytea))) AS fits,
             row_number() OVER by_seq AS n
            FROM public.audit_entries entry
           WINDOW by_seq AS (ORDER BY entry.seq)) chained
      LEFT JOIN public.audit_entries itself ON ((chained.seq = itself.seq)))
      LEFT JOIN public.audit_texts words ON ((itself.entry_id = words.entry_id)))
   WHERE ((NOT chained.fits) OR (chained.seq <> chained.n) OR ((words.text IS NOT NULL) AND (sha256(convert_to((itself.entry_id || words.text), 'UTF8'::name)) IS DISTINCT FROM itself.text_sha256)))
   ORDER BY chained.seq
  LIMIT 1;
END;

CREATE FUNCTION public.build_vector_index(encoder integer, dimensions integer) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    EXECUTE format(
        'CREATE INDEX IF NOT EXISTS %I ON public.passages'
        ' USING hnsw ((embedding::halfvec(%s)) halfvec_cosine_ops) WHERE encoder_id = %s',
        'passages_embedding_' || encoder, dimensions, encoder
    );
END
$$;

CREATE FUNCTION public.chain_entry() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
    last_seq bigint;
    last_hash bytea;
BEGIN
    -- One at a time, until the writer commits: who comes next sees this one.
    PERFORM pg_advisory_xact_lock(667646802);
    SELECT seq, hash INTO last_seq, last_hash FROM audit_entries ORDER BY seq DESC LIMIT 1;
    NEW.seq := coalesce(last_seq, 0) + 1;
    NEW.at := clock_timestamp();
    NEW.hash := audit_hash(NEW, coalesce(last_hash, ''));
    RETURN NEW;
END
$$;

CREATE TABLE public.jobs (
    job_id uuid DEFAULT gen_random_uuid() NOT NULL,
    matter_id uuid NOT NULL,
    filing_id uuid NOT NULL,
    person_id uuid NOT NULL,
    weight bigint NOT NULL,
    queued_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    turn timestamp with time zone NOT NULL,
    run_after timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    worker uuid,
    leased_until timestamp with time zone
);

ALTER TABLE ONLY public.jobs FORCE ROW LEVEL SECURITY;

CREATE FUNCTION public.claim_job(by_worker uuid, lease interval, most bigint) RETURNS TABLE(job uuid, filing uuid, matter uuid, person uuid, attempt integer)
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    BEGIN ATOMIC
 UPDATE public.jobs SET worker = claim_job.by_worker, leased_until = (clock_timestamp() + claim_job.lease), attempts = (jobs.attempts + 1)
    FROM ( WITH theirs AS (
                  SELECT busy.person_id,
                     count(*) AS running
                    FROM public.jobs busy
                   WHERE (busy.leased_until > clock_timestamp())
                   GROUP BY busy.person_id
                 )
          SELECT due.job_id
            FROM ((public.people
              CROSS JOIN LATERAL ( SELECT waiting.job_id,
                     waiting.turn
                    FROM public.jobs waiting
                   WHERE ((waiting.person_id = people.person_id) AND (waiting.weight <= claim_job.most) AND ((waiting.run_after < clock_timestamp()) OR (waiting.run_after > (clock_timestamp() + '00:30:00'::interval))) AND ((waiting.leased_until IS NULL) OR ((waiting.leased_until < clock_timestamp()) OR (waiting.leased_until > (clock_timestamp() + '00:30:00'::interval)))))
                   ORDER BY waiting.turn, waiting.job_id
                  LIMIT 1
                  FOR UPDATE OF waiting SKIP LOCKED) due)
              LEFT JOIN theirs ON ((people.person_id = theirs.person_id)))
           ORDER BY COALESCE(theirs.running, (0)::bigint), due.turn, due.job_id
          LIMIT 1) next
   WHERE (jobs.job_id = next.job_id)
   RETURNING jobs.job_id,
     jobs.filing_id,
     jobs.matter_id,
     jobs.person_id,
     jobs.attempts;
END;

CREATE TABLE public.style_adapters (
    adapter_id uuid DEFAULT gen_random_uuid() NOT NULL,
    voice_id uuid NOT NULL,
    dataset_id uuid NOT NULL,
    state text DEFAULT 'waiting'::text NOT NULL,
    reason text,
    base text NOT NULL,
    recipe jsonb NOT NULL,
    versions jsonb DEFAULT '{}'::jsonb NOT NULL,
    curve jsonb DEFAULT '[]'::jsonb NOT NULL,
    step integer DEFAULT 0 NOT NULL,
    steps integer DEFAULT 0 NOT NULL,
    seconds_left real,
    asked_by uuid NOT NULL,
    asked_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    ended_at timestamp with time zone,
    instead_of uuid,
    promoted_by_entry uuid,
    promoted_at timestamp with time zone,
    attempts integer DEFAULT 0 NOT NULL,
    worker uuid,
    leased_until timestamp with time zone,
    served text,
    measure_since timestamp with time zone,
    measure_for uuid,
    measure_attempts integer DEFAULT 0 NOT NULL,
    measure_failed text,
    CONSTRAINT style_adapters_served_check CHECK ((served <> ''::text)),
    CONSTRAINT style_adapters_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'training'::text, 'trained'::text, 'evaluated'::text, 'promoted'::text, 'retired'::text, 'failed'::text, 'cancelled'::text, 'withdrawn'::text])))
);

CREATE FUNCTION public.claim_measuring(by_worker uuid, lease interval) RETURNS TABLE(adapter_id uuid, base text, served text, recipe jsonb, attempts integer, asked_by uuid)
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    BEGIN ATOMIC
 UPDATE public.style_adapters SET worker = claim_measuring.by_worker, leased_until = (clock_timestamp() + claim_measuring.lease), measure_attempts = (style_adapters.measure_attempts + 1)
   WHERE (style_adapters.adapter_id = ( SELECT waiting.adapter_id
            FROM public.style_adapters waiting
           WHERE ((waiting.measure_since IS NOT NULL) AND (waiting.state = ANY (ARRAY['trained'::text, 'evaluated'::text, 'promoted'::text, 'retired'::text])) AND ((waiting.leased_until IS NULL) OR (waiting.leased_until < clock_timestamp())))
           ORDER BY waiting.measure_since, waiting.adapter_id
          LIMIT 1
          FOR UPDATE OF waiting SKIP LOCKED))
   RETURNING style_adapters.adapter_id,
     style_adapters.base,
     style_adapters.served,
     style_adapters.recipe,
     style_adapters.measure_attempts,
     style_adapters.measure_for;
END;

CREATE FUNCTION public.claim_training(by_worker uuid, lease interval) RETURNS TABLE(adapter_id uuid, voice_id uuid, dataset_id uuid, base text, recipe jsonb, attempts integer)
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    BEGIN ATOMIC
 UPDATE public.style_adapters SET state = 'training'::text, worker = claim_training.by_worker, leased_until = (clock_timestamp() + claim_training.lease), attempts = (style_adapters.attempts + 1)
   WHERE (style_adapters.adapter_id = ( SELECT waiting.adapter_id
            FROM public.style_adapters waiting
           WHERE ((waiting.state = ANY (ARRAY['waiting'::text, 'training'::text])) AND ((waiting.leased_until IS NULL) OR (waiting.leased_until < clock_timestamp())))
           ORDER BY waiting.asked_at, waiting.adapter_id
          LIMIT 1
          FOR UPDATE OF waiting SKIP LOCKED))
   RETURNING style_adapters.adapter_id,
     style_adapters.voice_id,
     style_adapters.dataset_id,
     style_adapters.base,
     style_adapters.recipe,
     style_adapters.attempts;
END;

CREATE FUNCTION public.copy_style_dataset(old_dataset uuid) RETURNS uuid
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
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

CREATE TABLE public.style_ballots (
    ballot_id uuid DEFAULT gen_random_uuid() NOT NULL,
    adapter_id uuid NOT NULL,
    matter_id uuid,
    plain text NOT NULL,
    by_adapter text NOT NULL,
    by_other text NOT NULL,
    adapter_first boolean NOT NULL,
    made_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

ALTER TABLE ONLY public.style_ballots FORCE ROW LEVEL SECURITY;

CREATE TABLE public.style_votes (
    ballot_id uuid NOT NULL,
    person_id uuid NOT NULL,
    for_adapter boolean NOT NULL,
    voted_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

ALTER TABLE ONLY public.style_votes FORCE ROW LEVEL SECURITY;

CREATE FUNCTION public.count_style_votes(adapter uuid) RETURNS TABLE(for_adapter bigint, votes bigint, own boolean)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    BEGIN ATOMIC
 SELECT count(*) FILTER (WHERE vote.for_adapter) AS for_adapter,
     count(*) AS votes,
     (vote.person_id = public.acting_person()) AS own
    FROM (public.style_votes vote
      JOIN public.style_ballots ballot ON ((vote.ballot_id = ballot.ballot_id)))
   WHERE (ballot.adapter_id = count_style_votes.adapter)
   GROUP BY vote.person_id
   ORDER BY (count(*) FILTER (WHERE vote.for_adapter)), (count(*)), (vote.person_id = public.acting_person());
END;

CREATE FUNCTION public.docket_numbers(written text) RETURNS text[]
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (WITH plain AS (SELECT regexp_replace(regexp_replace(regexp_replace(regexp_replace(translate(lower(docket_numbers.written), '‐‑‒–—−'::text, '------'::text), '(\d),(\d{3})(?!\d)'::text, '\1\2'::text, 'g'::text), '\y\d+:(?=\d)'::text, ''::text, 'g'::text), '(\d)(-[a-z]{2,4})+(?![-a-z0-9])'::text, '\1'::text, 'g'::text), '-0+(?=\d)'::text, '-'::text, 'g'::text) AS text) SELECT COALESCE(array_agg(DISTINCT found.number[1] ORDER BY found.number[1]), '{}'::text[]) AS "coalesce" FROM (plain CROSS JOIN LATERAL regexp_matches(plain.text, '([a-z0-9]*\d[a-z0-9]*(?:-[a-z0-9]+)*)'::text, 'g'::text) found(number)));

CREATE FUNCTION public.drop_style_cards() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF tg_table_name = 'matters' THEN
        DELETE FROM style_cards WHERE old.matter_id = any(matters);
    ELSE
        DELETE FROM style_cards WHERE old.filing_id = any(filings);
    END IF;
    RETURN null;
END
$$;

CREATE FUNCTION public.drop_vector_index(encoder integer) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    EXECUTE format('DROP INDEX IF EXISTS public.%I', 'passages_embedding_' || encoder);
END
$$;

CREATE TABLE public.uploads (
    filing_id uuid NOT NULL,
    matter_id uuid NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    bytes bigint NOT NULL,
    sha256 bytea NOT NULL,
    part_of uuid,
    added_by uuid NOT NULL,
    accepted_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    answerable_at timestamp with time zone,
    state text DEFAULT 'waiting'::text NOT NULL,
    step text,
    done integer DEFAULT 0 NOT NULL,
    total integer DEFAULT 0 NOT NULL,
    reason text,
    pages integer,
    duplicate_of uuid,
    released_by uuid,
    released_at timestamp with time zone,
    reading integer DEFAULT 1 NOT NULL,
    CONSTRAINT uploads_bytes_check CHECK ((bytes >= 0)),
    CONSTRAINT uploads_reading_check CHECK ((reading > 0)),
    CONSTRAINT uploads_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'working'::text, 'needs_password'::text, 'needs_ocr'::text, 'needs_converter'::text, 'needs_release'::text, 'searchable'::text, 'unpacked'::text, 'refused'::text, 'stopped'::text, 'cancelled'::text])))
);

ALTER TABLE ONLY public.uploads FORCE ROW LEVEL SECURITY;

CREATE FUNCTION public.end_job(job uuid, by_worker uuid, left_as text, because text) RETURNS boolean
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    BEGIN ATOMIC
 WITH ended AS (
          DELETE FROM public.jobs
           WHERE ((jobs.job_id = end_job.job) AND (jobs.worker = end_job.by_worker))
           RETURNING jobs.filing_id
         ), told AS (
          UPDATE public.uploads SET state = end_job.left_as, reason = end_job.because
            FROM ended
           WHERE (uploads.filing_id = ended.filing_id)
           RETURNING uploads.filing_id
         )
  SELECT (EXISTS ( SELECT
            FROM told)) AS "exists";
END;

CREATE TABLE public.trace_confirmations (
    trace_id uuid NOT NULL,
    n integer NOT NULL,
    person_id uuid NOT NULL,
    confirmed_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT trace_confirmations_n_check CHECK ((n >= 0))
);

ALTER TABLE ONLY public.trace_confirmations FORCE ROW LEVEL SECURITY;

CREATE TABLE public.traces (
    trace_id uuid NOT NULL,
    person_id uuid NOT NULL,
    matter_id uuid,
    asked_at timestamp with time zone NOT NULL,
    record text NOT NULL,
    question text GENERATED ALWAYS AS ((((record)::jsonb -> 'answer'::text) ->> 'question'::text)) STORED NOT NULL,
    standing text GENERATED ALWAYS AS ((((record)::jsonb -> 'answer'::text) ->> 'standing'::text)) STORED NOT NULL,
    CONSTRAINT traces_check CHECK ((((record)::jsonb ->> 'trace_id'::text) = (trace_id)::text)),
    CONSTRAINT traces_check1 CHECK (((((record)::jsonb -> 'asked_by'::text) ->> 'person_id'::text) = (person_id)::text))
);

ALTER TABLE ONLY public.traces FORCE ROW LEVEL SECURITY;

CREATE FUNCTION public.trace_faults(trace public.traces) RETURNS text[]
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    BEGIN ATOMIC
 WITH entries AS (
          SELECT entry.seq,
             entry.action,
             entry.person_id,
             entry.matter_id,
             entry.detail
            FROM public.audit_entries entry
           WHERE (entry.subject = ((trace_faults.trace).trace_id)::text)
         ), asked AS (
          SELECT entries.person_id,
             (entries.detail ->> 'record_sha256'::text) AS record_sha256
            FROM entries
           WHERE (entries.action = 'ask'::text)
           ORDER BY entries.seq
          LIMIT 1
         ), placed AS (
          SELECT entries.matter_id
            FROM entries
           WHERE (entries.action = ANY (ARRAY['ask'::text, 'trace.put'::text]))
           ORDER BY entries.seq DESC
          LIMIT 1
         )
  SELECT array_remove(ARRAY[
         CASE
             WHEN (NOT (EXISTS ( SELECT
                FROM asked
               WHERE ((asked.person_id = (trace_faults.trace).person_id) AND (asked.record_sha256 = encode(sha256(convert_to((trace_faults.trace).record, 'UTF8'::name)), 'hex'::text)))))) THEN 'record'::text
             ELSE NULL::text
         END,
         CASE
             WHEN (NOT (EXISTS ( SELECT
                FROM placed
               WHERE (NOT (placed.matter_id IS DISTINCT FROM (trace_faults.trace).matter_id))))) THEN 'matter'::text
             ELSE NULL::text
         END,
         CASE
             WHEN (EXISTS ( SELECT
                FROM public.trace_confirmations said
               WHERE ((said.trace_id = (trace_faults.trace).trace_id) AND (NOT (EXISTS ( SELECT
                        FROM entries
                       WHERE ((entries.action = 'trace.confirm'::text) AND (entries.person_id = said.person_id) AND ((entries.detail ->> 'n'::text) = (said.n)::text)))))))) THEN 'confirmations'::text
             ELSE NULL::text
         END], NULL::text) AS array_remove;
END;

CREATE FUNCTION public.faults_in_trace(asked_for uuid) RETURNS text[]
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    BEGIN ATOMIC
 SELECT public.trace_faults(traces.*) AS trace_faults
    FROM public.traces
   WHERE ((traces.trace_id = faults_in_trace.asked_for) AND (((traces.matter_id IS NULL) AND (traces.person_id = public.acting_person())) OR (traces.matter_id = ANY (public.readable_matters()))));
END;

CREATE FUNCTION public.file_is_kept(matter uuid, hash bytea) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    BEGIN ATOMIC
 SELECT (EXISTS ( SELECT
            FROM public.uploads
           WHERE ((uploads.matter_id = file_is_kept.matter) AND (uploads.sha256 = file_is_kept.hash)))) AS "exists";
END;

CREATE TABLE public.treatment_cues (
    opinion_id integer NOT NULL,
    ordinal integer NOT NULL,
    start_offset integer NOT NULL,
    strength smallint NOT NULL,
    CONSTRAINT treatment_cues_strength_check CHECK (((strength >= 1) AND (strength <= 3)))
);

CREATE FUNCTION public.find_treatment_cues(ids integer[]) RETURNS SETOF public.treatment_cues
    LANGUAGE plpgsql STABLE
    AS $$
DECLARE
    opinion record;
    cited record;
    block integer;
    words text;
    at integer;
    around text;
    weight smallint;
BEGIN
    FOR opinion IN
        SELECT opinions.opinion_id, opinions.text
        FROM opinions
        WHERE opinions.opinion_id = ANY(ids)
    LOOP
        FOR nth IN 1..regexp_count(opinion.text, treatment_words(1), 1, 'i') LOOP
            at := regexp_instr(opinion.text, treatment_words(1), 1, nth, 0, 'i') - 1;
            around := substring(opinion.text FROM greatest(at - 400, 0) + 1 FOR 700);
            RETURN QUERY
            SELECT citations.opinion_id, citations.ordinal, at, 1::smallint
            FROM citations
            WHERE
                citations.opinion_id = opinion.opinion_id
                AND citations.kind NOT IN ('statute', 'journal', 'unknown')
                AND (
                    at BETWEEN citations.sentence_start - 300 AND citations.sentence_end + 300
                    OR EXISTS (
                        SELECT FROM unnest(
                            telling_words(concat_ws(' ', citations.plaintiff, citations.defendant))
                        ) AS telling (word)
                        WHERE strpos(around, telling.word) > 0
                    )
                );
        END LOOP;
        block := 0;
        weight := null;
        FOR cited IN
            SELECT citations.ordinal, citations.sentence_start, citations.sentence_end
            FROM citations
            WHERE
                citations.opinion_id = opinion.opinion_id
                AND citations.kind NOT IN ('statute', 'journal', 'unknown')
            ORDER BY citations.sentence_start, citations.ordinal
        LOOP
            IF weight IS null OR cited.sentence_end > block + 8000 THEN
                block := cited.sentence_start;
                words := substring(opinion.text FROM block + 1 FOR 8000);
                at := null;
            END IF;
            IF at IS DISTINCT FROM cited.sentence_start THEN
                at := cited.sentence_start;
                around := substring(words FROM at - block + 1 FOR cited.sentence_end - at);
                weight := CASE
                    WHEN around ~* treatment_words(2) THEN 2
                    WHEN around ~* treatment_words(3) THEN 3
                    ELSE 0
                END;
            END IF;
            IF weight > 0 THEN
                RETURN QUERY SELECT opinion.opinion_id, cited.ordinal, at, weight;
            END IF;
        END LOOP;
    END LOOP;
END
$$;

CREATE FUNCTION public.forget_audit_texts(days integer) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
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

CREATE FUNCTION public.forget_traces(days integer) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
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

CREATE FUNCTION public.free_job(job uuid, by_worker uuid, delay interval, because text, counts boolean) RETURNS boolean
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    BEGIN ATOMIC
 WITH freed AS (
          UPDATE public.jobs SET worker = NULL::uuid, leased_until = NULL::timestamp with time zone, run_after = (clock_timestamp() + free_job.delay), attempts = (jobs.attempts - ((NOT free_job.counts))::integer)
           WHERE ((jobs.job_id = free_job.job) AND (jobs.worker = free_job.by_worker))
           RETURNING jobs.filing_id
         ), told AS (
          UPDATE public.uploads SET state = 'waiting'::text, reason = free_job.because
            FROM freed
           WHERE (uploads.filing_id = freed.filing_id)
           RETURNING uploads.filing_id
         )
  SELECT (EXISTS ( SELECT
            FROM told)) AS "exists";
END;

CREATE FUNCTION public.keep_job(job uuid, by_worker uuid, lease interval) RETURNS boolean
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    BEGIN ATOMIC
 WITH kept AS (
          UPDATE public.jobs SET leased_until = (clock_timestamp() + keep_job.lease)
           WHERE ((jobs.job_id = keep_job.job) AND (jobs.worker = keep_job.by_worker))
           RETURNING jobs.job_id
         )
  SELECT (EXISTS ( SELECT
            FROM kept)) AS "exists";
END;

CREATE FUNCTION public.keep_measurement(by_worker uuid, figures jsonb, pairs jsonb) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
    kept style_adapters;
BEGIN
    -- One at a time with whoever withdraws: neither overlooks the other.
    PERFORM pg_advisory_xact_lock(667646803);
    UPDATE style_adapters
    SET
        state = CASE state WHEN 'trained' THEN 'evaluated' ELSE state END,
        measure_since = null,
        measure_failed = null,
        worker = null,
        leased_until = null
    WHERE worker = by_worker AND measure_since IS NOT null AND state <> 'withdrawn'
    RETURNING * INTO kept;
    IF NOT found THEN
        RETURN false;
    END IF;
    INSERT INTO style_evaluations (adapter_id, figures, made_by)
    VALUES (kept.adapter_id, figures, coalesce(kept.measure_for, kept.asked_by));
    DELETE FROM style_ballots
    WHERE
        adapter_id = kept.adapter_id
        AND NOT exists(
            SELECT FROM style_votes WHERE style_votes.ballot_id = style_ballots.ballot_id
        );
    INSERT INTO style_ballots (adapter_id, matter_id, plain, by_adapter, by_other, adapter_first)
    SELECT
        kept.adapter_id, held.matter_id, given.plain, given.by_adapter, given.by_other,
        random() < 0.5
    FROM
        jsonb_to_recordset(pairs)
            AS given (source text, plain text, by_adapter text, by_other text)
    INNER JOIN style_sources AS held
        ON held.dataset_id = kept.dataset_id AND given.source = held.source
    WHERE
        held.withdrawn_at IS null
        AND NOT exists(
            SELECT FROM style_ballots AS other
            WHERE
                other.adapter_id = kept.adapter_id
                AND other.plain = given.plain
                AND other.by_adapter = given.by_adapter
                AND other.by_other = given.by_other
        );
    RETURN true;
END
$$;

CREATE TABLE public.filings (
    filing_id uuid DEFAULT gen_random_uuid() NOT NULL,
    matter_id uuid NOT NULL,
    name text NOT NULL,
    text text NOT NULL,
    content_sha256 bytea NOT NULL,
    lengths bytea NOT NULL,
    passages integer NOT NULL,
    terms bigint NOT NULL,
    encoder text NOT NULL,
    added_by uuid NOT NULL,
    added_at timestamp with time zone DEFAULT now() NOT NULL,
    replaced_by uuid,
    footnotes_start integer,
    signature bytea,
    pipeline integer DEFAULT 1 NOT NULL,
    characters integer GENERATED ALWAYS AS (length(text)) STORED
);
ALTER TABLE ONLY public.filings ALTER COLUMN text SET STORAGE EXTERNAL;

ALTER TABLE ONLY public.filings FORCE ROW LEVEL SECURITY;

CREATE FUNCTION public.measure_matter(of_matter uuid) RETURNS TABLE(filings bigint, passages bigint, files bigint, bytes bigint)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    BEGIN ATOMIC
 WITH shelf AS (
          SELECT count(*) AS filings,
             COALESCE(sum(shelved.passages), (0)::bigint) AS passages
            FROM public.filings shelved
           WHERE (shelved.matter_id = measure_matter.of_matter)
         ), kept AS (
          SELECT count(*) AS files,
             (COALESCE(sum(uploads.bytes), (0)::numeric))::bigint AS bytes
            FROM public.uploads
           WHERE ((uploads.matter_id = measure_matter.of_matter) AND (uploads.reading = 1))
         )
  SELECT shelf.filings,
     shelf.passages,
     kept.files,
     kept.bytes
    FROM (shelf
      CROSS JOIN kept)
   WHERE (measure_matter.of_matter = ANY ((public.readable_matters() || public.arranged_matters())));
END;

CREATE FUNCTION public.measure_public_shelf() RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    ANALYZE public.courts, public.cases, public.case_citations, public.opinions, public.pages,
        public.passages, public.segments, public.postings, public.citations;
END
$$;

CREATE FUNCTION public.name_words(name text) RETURNS text[]
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN array_remove(regexp_split_to_array(regexp_replace(lower(name), '[.''’]'::text, ''::text, 'g'::text), '[^[:alnum:]]+'::text), ''::text);

CREATE FUNCTION public.note_consent() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    NEW.taught_since := CASE WHEN NEW.teaches_style THEN clock_timestamp() END;
    NEW.taught_by := CASE WHEN NEW.teaches_style THEN acting_person() END;
    RETURN NEW;
END
$$;

CREATE FUNCTION public.refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    RAISE EXCEPTION 'the audit trail is never changed' USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE FUNCTION public.remember_walls() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    INSERT INTO removed_matters (matter_id, walled)
    SELECT OLD.matter_id, coalesce(array_agg(walls.person_id), '{}')
    FROM walls
    WHERE walls.matter_id = OLD.matter_id;
    RETURN OLD;
END
$$;

CREATE FUNCTION public.serve_style_adapter(adapter uuid, name text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    UPDATE style_adapters
    SET served = name, state = 'trained', measure_since = null
    WHERE adapter_id = adapter AND state IN ('trained', 'evaluated', 'retired');
    IF NOT found THEN
        RETURN false;
    END IF;
    DELETE FROM style_ballots WHERE adapter_id = adapter;
    RETURN true;
END
$$;

CREATE TABLE public.filing_descriptions (
    filing_id uuid NOT NULL,
    field text NOT NULL,
    matter_id uuid NOT NULL,
    value text NOT NULL,
    confidence real NOT NULL,
    confirmed_by uuid,
    confirmed_at timestamp with time zone,
    CONSTRAINT filing_descriptions_confidence_check CHECK (((confidence >= (0)::double precision) AND (confidence <= (1)::double precision)))
);

ALTER TABLE ONLY public.filing_descriptions FORCE ROW LEVEL SECURITY;

CREATE TABLE public.style_sources (
    dataset_id uuid NOT NULL,
    source text NOT NULL,
    matter_id uuid,
    filing_id uuid,
    author text DEFAULT ''::text NOT NULL,
    half text NOT NULL,
    examples integer NOT NULL,
    words integer NOT NULL,
    consented_by uuid,
    consented_at timestamp with time zone,
    withdrawn_at timestamp with time zone,
    withdrawn_because text,
    CONSTRAINT style_sources_check CHECK (((matter_id IS NULL) = (filing_id IS NULL))),
    CONSTRAINT style_sources_check1 CHECK (((withdrawn_at IS NULL) = (withdrawn_because IS NULL))),
    CONSTRAINT style_sources_half_check CHECK ((half = ANY (ARRAY['train'::text, 'valid'::text, 'test'::text]))),
    CONSTRAINT style_sources_withdrawn_because_check CHECK ((withdrawn_because = ANY (ARRAY['consent withdrawn'::text, 'filing removed'::text, 'matter removed'::text])))
);

ALTER TABLE ONLY public.style_sources FORCE ROW LEVEL SECURITY;

CREATE FUNCTION public.style_background(by_worker uuid, characters integer, most integer) RETURNS TABLE(text text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    BEGIN ATOMIC
 SELECT filing.text
    FROM (((public.style_adapters adapter
      CROSS JOIN public.filings filing)
      JOIN public.matters matter ON ((filing.matter_id = matter.matter_id)))
      LEFT JOIN public.filing_descriptions kind ON (((filing.filing_id = kind.filing_id) AND (kind.field = 'kind'::text))))
   WHERE ((adapter.worker = style_background.by_worker) AND (adapter.leased_until > clock_timestamp()) AND (filing.matter_id IN ( SELECT held.matter_id
            FROM public.style_sources held
           WHERE (held.dataset_id = adapter.dataset_id))) AND matter.teaches_style AND (filing.replaced_by IS NULL) AND ((kind.value IS NULL) OR (kind.value = ANY (ARRAY['answer'::text, 'motion'::text, 'brief'::text, 'memorandum'::text, 'letter'::text]))) AND (length(filing.text) >= style_background.characters) AND (NOT (EXISTS ( SELECT
            FROM public.style_sources ours
           WHERE ((ours.dataset_id = adapter.dataset_id) AND (ours.filing_id = filing.filing_id))))))
   ORDER BY (md5((filing.filing_id)::text))
  LIMIT style_background.most;
END;

CREATE FUNCTION public.style_hides(dataset uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    BEGIN ATOMIC
 SELECT (EXISTS ( SELECT
            FROM public.style_sources held
           WHERE ((held.dataset_id = style_hides.dataset) AND (held.matter_id IS NOT NULL) AND (NOT (held.matter_id = ANY (public.audited_matters())))))) AS "exists";
END;

CREATE TABLE public.style_examples (
    dataset_id uuid NOT NULL,
    ordinal integer NOT NULL,
    source text NOT NULL,
    matter_id uuid,
    plain text NOT NULL,
    own text NOT NULL
);

ALTER TABLE ONLY public.style_examples FORCE ROW LEVEL SECURITY;

CREATE FUNCTION public.style_lessons(by_worker uuid) RETURNS TABLE(source text, author text, half text, plain text, own text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    BEGIN ATOMIC
 SELECT example.source,
     held.author,
     held.half,
     example.plain,
     example.own
    FROM ((public.style_adapters adapter
      JOIN public.style_examples example ON ((adapter.dataset_id = example.dataset_id)))
      JOIN public.style_sources held ON (((example.dataset_id = held.dataset_id) AND (example.source = held.source))))
   WHERE ((adapter.worker = style_lessons.by_worker) AND (adapter.leased_until > clock_timestamp()))
   ORDER BY example.ordinal;
END;

CREATE FUNCTION public.style_outside(by_worker uuid) RETURNS TABLE(source text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    BEGIN ATOMIC
 SELECT held.source
    FROM ((public.style_adapters adapter
      JOIN public.style_sources held ON ((adapter.dataset_id = held.dataset_id)))
      LEFT JOIN public.matters matter ON ((held.matter_id = matter.matter_id)))
   WHERE ((adapter.worker = style_outside.by_worker) AND (adapter.leased_until > clock_timestamp()) AND ((held.matter_id IS NULL) OR matter.external_models));
END;

CREATE FUNCTION public.telling_words(name text) RETURNS text[]
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (SELECT COALESCE(array_agg(DISTINCT split.word), '{}'::text[]) AS "coalesce" FROM regexp_split_to_table(telling_words.name, '[^[:alpha:]]+'::text) split(word) WHERE ((length(split.word) > 2) AND (split.word ~ '^[[:upper:]]'::text) AND (lower(split.word) <> ALL (ARRAY['united'::text, 'states'::text, 'state'::text, 'the'::text, 'city'::text, 'county'::text, 'board'::text, 'inc'::text, 'corp'::text, 'company'::text, 'people'::text, 'commonwealth'::text, 'commissioner'::text, 'department'::text, 'district'::text, 'school'::text, 'court'::text, 'national'::text, 'american'::text, 'federal'::text, 'new'::text, 'york'::text, 'insurance'::text, 'railroad'::text, 'railway'::text, 'association'::text, 'commission'::text, 'secretary'::text, 'director'::text, 'attorney'::text, 'general'::text, 'school'::text]))));

CREATE FUNCTION public.treatment_words(strength integer) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE strength WHEN 1 THEN (('\m(overrul|abrogat|supersed|disapprov|repudiat|renounc'::text || '|no longer (good law|law|be |control|bind|the law)'::text) || '|cannot (survive|stand)|can no longer)'::text) WHEN 2 THEN ((('\m(revers|rev[''’]|vacat|withdrawn|questioned|doubt|undermin|erod|criticiz'::text || '|reject|limit|confin|narrow|qualif|distinguish|disagree|declin|refus'::text) || '|inapposite|misplaced|unlike'::text) || '|reconsider|not control|not apply|abandon|discard|wrongly decided|depart)'::text) ELSE '\m(clarif|explain|reaffirm|follow|appl(y|ied|ying)|adher|controlled|governed|bound by)'::text END;

CREATE FUNCTION public.withdraw_ballots() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    DELETE FROM style_ballots
    USING style_adapters
    WHERE
        style_ballots.adapter_id = style_adapters.adapter_id
        AND style_adapters.dataset_id = NEW.dataset_id;
    RETURN null;
END
$$;

CREATE FUNCTION public.withdraw_consent() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    PERFORM withdraw_style(OLD.matter_id, null, 'consent withdrawn');
    RETURN null;
END
$$;

CREATE FUNCTION public.withdraw_filing() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    PERFORM withdraw_style(OLD.matter_id, OLD.filing_id, 'filing removed');
    RETURN OLD;
END
$$;

CREATE FUNCTION public.withdraw_matter() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    PERFORM withdraw_style(OLD.matter_id, null, 'matter removed');
    RETURN OLD;
END
$$;

CREATE FUNCTION public.withdraw_style(gone_matter uuid, gone_filing uuid, because text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
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

CREATE TABLE public.allowances (
    person_id uuid NOT NULL,
    what text NOT NULL,
    since timestamp with time zone NOT NULL,
    used bigint NOT NULL,
    CONSTRAINT allowances_used_check CHECK ((used >= 0))
);

CREATE TABLE public.answers (
    answer_id uuid DEFAULT gen_random_uuid() NOT NULL,
    matter_id uuid NOT NULL,
    question text NOT NULL,
    standing text NOT NULL,
    text text NOT NULL,
    sources jsonb NOT NULL,
    footer jsonb NOT NULL,
    kept_by uuid NOT NULL,
    kept_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY public.answers FORCE ROW LEVEL SECURITY;

CREATE TABLE public.api_tokens (
    token_id uuid DEFAULT gen_random_uuid() NOT NULL,
    token_sha256 bytea NOT NULL,
    person_id uuid NOT NULL,
    name text NOT NULL,
    uses text[] NOT NULL,
    made_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    CONSTRAINT api_tokens_name_check CHECK ((name <> ''::text)),
    CONSTRAINT api_tokens_token_sha256_check CHECK ((length(token_sha256) = 32)),
    CONSTRAINT api_tokens_uses_check CHECK (((uses <> '{}'::text[]) AND (uses <@ '{search,cite,ask}'::text[])))
);

CREATE TABLE public.bench_runs (
    bench_id uuid DEFAULT gen_random_uuid() NOT NULL,
    person_id uuid NOT NULL,
    asked_at timestamp with time zone DEFAULT now() NOT NULL,
    question text NOT NULL,
    library_revision bigint NOT NULL,
    arms text NOT NULL
);

ALTER TABLE ONLY public.bench_runs FORCE ROW LEVEL SECURITY;

CREATE TABLE public.case_citations (
    case_id integer NOT NULL,
    ordinal smallint NOT NULL,
    as_printed text NOT NULL,
    volume text,
    reporter text,
    page text
);

CREATE TABLE public.cases (
    case_id integer NOT NULL,
    source_id text NOT NULL,
    court text NOT NULL,
    case_name text,
    docket_number text,
    date_filed text,
    filed_first date,
    filed_last date,
    date_argued text,
    source text,
    license text,
    invented boolean DEFAULT false NOT NULL,
    extra jsonb DEFAULT '{}'::jsonb NOT NULL,
    content_sha256 bytea NOT NULL,
    imported_at timestamp with time zone DEFAULT now() NOT NULL,
    linked boolean DEFAULT false NOT NULL,
    CONSTRAINT cases_check CHECK (((date_filed IS NULL) = (filed_first IS NULL))),
    CONSTRAINT cases_check1 CHECK (((date_filed IS NULL) = (filed_last IS NULL))),
    CONSTRAINT cases_check2 CHECK ((filed_first <= filed_last))
);

ALTER TABLE public.cases ALTER COLUMN case_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.cases_case_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.citations (
    opinion_id integer NOT NULL,
    ordinal integer NOT NULL,
    case_id integer NOT NULL,
    kind text NOT NULL,
    start_offset integer NOT NULL,
    end_offset integer NOT NULL,
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
    antecedent integer,
    status text NOT NULL,
    cited_case_id integer
);

CREATE TABLE public.courts (
    court text NOT NULL,
    name text NOT NULL,
    jurisdiction text
);

CREATE TABLE public.draft_confirmations (
    draft_id uuid NOT NULL,
    n integer NOT NULL,
    version integer NOT NULL,
    matter_id uuid NOT NULL,
    person_id uuid NOT NULL,
    confirmed_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT draft_confirmations_check CHECK (((version > 0) = (n = 0))),
    CONSTRAINT draft_confirmations_n_check CHECK ((n >= 0))
);

ALTER TABLE ONLY public.draft_confirmations FORCE ROW LEVEL SECURITY;

CREATE TABLE public.draft_versions (
    draft_id uuid NOT NULL,
    version integer NOT NULL,
    matter_id uuid NOT NULL,
    text text NOT NULL,
    claims text NOT NULL,
    saved_by uuid NOT NULL,
    saved_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT draft_versions_version_check CHECK ((version > 0))
);

ALTER TABLE ONLY public.draft_versions FORCE ROW LEVEL SECURITY;

CREATE TABLE public.drafts (
    draft_id uuid DEFAULT gen_random_uuid() NOT NULL,
    matter_id uuid NOT NULL,
    title text NOT NULL,
    origin text NOT NULL,
    started_by uuid NOT NULL,
    started_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY public.drafts FORCE ROW LEVEL SECURITY;

CREATE TABLE public.encoders (
    encoder_id smallint NOT NULL,
    name text NOT NULL,
    fingerprint text NOT NULL,
    dimensions integer NOT NULL,
    CONSTRAINT encoders_dimensions_check CHECK ((dimensions > 0))
);

ALTER TABLE public.encoders ALTER COLUMN encoder_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.encoders_encoder_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.failures (
    what bytea NOT NULL,
    failures integer NOT NULL,
    free_at timestamp with time zone NOT NULL,
    failed_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT failures_failures_check CHECK ((failures >= 0)),
    CONSTRAINT failures_what_check CHECK ((length(what) = 32))
);

CREATE TABLE public.filing_citations (
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
    antecedent integer
);

ALTER TABLE ONLY public.filing_citations FORCE ROW LEVEL SECURITY;

CREATE TABLE public.filing_findings (
    filing_id uuid NOT NULL,
    ordinal integer NOT NULL,
    matter_id uuid NOT NULL,
    kind text NOT NULL,
    page integer,
    start_offset integer NOT NULL,
    end_offset integer NOT NULL,
    words text NOT NULL
);

ALTER TABLE ONLY public.filing_findings FORCE ROW LEVEL SECURITY;

CREATE TABLE public.filing_labels (
    filing_id uuid NOT NULL,
    ordinal integer NOT NULL,
    matter_id uuid NOT NULL,
    kind text NOT NULL,
    page integer,
    at_offset integer NOT NULL,
    words text NOT NULL
);

ALTER TABLE ONLY public.filing_labels FORCE ROW LEVEL SECURITY;

CREATE TABLE public.filing_pages (
    filing_id uuid NOT NULL,
    number integer NOT NULL,
    matter_id uuid NOT NULL,
    label text,
    start_offset integer NOT NULL,
    end_offset integer NOT NULL,
    notes_start integer NOT NULL,
    notes_end integer NOT NULL,
    width real NOT NULL,
    height real NOT NULL,
    state text NOT NULL,
    confidence real,
    boxes bytea NOT NULL,
    CONSTRAINT filing_pages_number_check CHECK ((number > 0)),
    CONSTRAINT filing_pages_state_check CHECK ((state = ANY (ARRAY['text'::text, 'ocr'::text, 'needs_ocr'::text, 'empty'::text])))
);

ALTER TABLE ONLY public.filing_pages FORCE ROW LEVEL SECURITY;

CREATE TABLE public.filing_passages (
    filing_id uuid NOT NULL,
    ordinal integer NOT NULL,
    matter_id uuid NOT NULL,
    start_offset integer NOT NULL,
    end_offset integer NOT NULL,
    embedding public.halfvec NOT NULL,
    CONSTRAINT filing_passages_check CHECK (((start_offset >= 0) AND (start_offset < end_offset)))
);
ALTER TABLE ONLY public.filing_passages ALTER COLUMN embedding SET STORAGE PLAIN;

ALTER TABLE ONLY public.filing_passages FORCE ROW LEVEL SECURITY;

CREATE TABLE public.filing_postings (
    matter_id uuid NOT NULL,
    term text NOT NULL COLLATE pg_catalog."C",
    filing_id uuid NOT NULL,
    passages bytea NOT NULL,
    frequencies bytea NOT NULL
);

ALTER TABLE ONLY public.filing_postings FORCE ROW LEVEL SECURITY;

CREATE TABLE public.firm_settings (
    name text NOT NULL,
    value jsonb NOT NULL,
    set_by uuid NOT NULL,
    set_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.identities (
    issuer text NOT NULL,
    subject text NOT NULL,
    person_id uuid NOT NULL,
    linked_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.invitations (
    token_sha256 bytea NOT NULL,
    person_id uuid NOT NULL,
    kind text NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT invitations_kind_check CHECK ((kind = ANY (ARRAY['set_up'::text, 'invitation'::text, 'reset'::text]))),
    CONSTRAINT invitations_token_sha256_check CHECK ((length(token_sha256) = 32))
);

CREATE TABLE public.known_addresses (
    person_id uuid NOT NULL,
    address text NOT NULL,
    seen_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.library (
    one boolean DEFAULT true NOT NULL,
    revision bigint DEFAULT 0 NOT NULL,
    changed_at timestamp with time zone,
    CONSTRAINT library_one_check CHECK (one)
);

CREATE TABLE public.migrations (
    number integer NOT NULL,
    name text NOT NULL,
    sha256 bytea NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.notes (
    note_id uuid DEFAULT gen_random_uuid() NOT NULL,
    matter_id uuid NOT NULL,
    text text NOT NULL,
    written_by uuid NOT NULL,
    written_at timestamp with time zone DEFAULT now() NOT NULL,
    changed_at timestamp with time zone
);

ALTER TABLE ONLY public.notes FORCE ROW LEVEL SECURITY;

CREATE TABLE public.opinions (
    opinion_id integer NOT NULL,
    case_id integer NOT NULL,
    ordinal smallint NOT NULL,
    kind text NOT NULL,
    author text,
    text text NOT NULL,
    footnotes_start integer
);
ALTER TABLE ONLY public.opinions ALTER COLUMN text SET STORAGE EXTERNAL;

ALTER TABLE public.opinions ALTER COLUMN opinion_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.opinions_opinion_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.pages (
    opinion_id integer NOT NULL,
    start_offset integer NOT NULL,
    label text NOT NULL
);

CREATE TABLE public.passages (
    passage_id integer NOT NULL,
    case_id integer NOT NULL,
    opinion_id integer NOT NULL,
    start_offset integer NOT NULL,
    end_offset integer NOT NULL,
    terms integer NOT NULL,
    court text NOT NULL,
    kind text NOT NULL,
    filed_first date,
    filed_last date,
    encoder_id smallint NOT NULL,
    embedding public.halfvec NOT NULL,
    CONSTRAINT passages_check CHECK (((start_offset >= 0) AND (start_offset < end_offset)))
);
ALTER TABLE ONLY public.passages ALTER COLUMN embedding SET STORAGE PLAIN;

ALTER TABLE public.passages ALTER COLUMN passage_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.passages_passage_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.passwords (
    person_id uuid NOT NULL,
    hash text,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT passwords_hash_check CHECK ((hash ~~ '$argon2id$%'::text))
);

CREATE TABLE public.postings (
    term text NOT NULL COLLATE pg_catalog."C",
    segment integer NOT NULL,
    passages bytea NOT NULL,
    frequencies bytea NOT NULL,
    positions bytea NOT NULL
);
ALTER TABLE ONLY public.postings ALTER COLUMN passages SET STORAGE EXTERNAL;
ALTER TABLE ONLY public.postings ALTER COLUMN frequencies SET STORAGE EXTERNAL;
ALTER TABLE ONLY public.postings ALTER COLUMN positions SET STORAGE EXTERNAL;

CREATE TABLE public.segments (
    segment integer NOT NULL,
    passages integer NOT NULL,
    merged_at timestamp with time zone
);

ALTER TABLE public.segments ALTER COLUMN segment ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.segments_segment_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.sessions (
    session_id uuid DEFAULT gen_random_uuid() NOT NULL,
    token_sha256 bytea NOT NULL,
    person_id uuid NOT NULL,
    address text NOT NULL,
    browser text NOT NULL,
    began_at timestamp with time zone DEFAULT now() NOT NULL,
    seen_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT sessions_token_sha256_check CHECK ((length(token_sha256) = 32))
);

CREATE TABLE public.style_cards (
    card_id uuid NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    author text,
    filings uuid[] NOT NULL,
    matters uuid[] NOT NULL,
    background text NOT NULL,
    counts text NOT NULL,
    edits text DEFAULT '[]'::text NOT NULL,
    made_by uuid NOT NULL,
    made_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT style_cards_check CHECK (((kind = 'author'::text) = (author IS NOT NULL))),
    CONSTRAINT style_cards_check1 CHECK (((kind = 'filings'::text) = ((matters <> '{}'::uuid[]) AND (filings <> '{}'::uuid[])))),
    CONSTRAINT style_cards_kind_check CHECK ((kind = ANY (ARRAY['author'::text, 'filings'::text]))),
    CONSTRAINT style_cards_name_check CHECK ((name <> ''::text))
);

ALTER TABLE ONLY public.style_cards FORCE ROW LEVEL SECURITY;

CREATE TABLE public.style_datasets (
    dataset_id uuid DEFAULT gen_random_uuid() NOT NULL,
    voice_id uuid NOT NULL,
    sha256 text NOT NULL,
    seed integer NOT NULL,
    deidentified boolean NOT NULL,
    made_by uuid NOT NULL,
    made_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    instead_of uuid
);

CREATE TABLE public.style_evaluations (
    evaluation_id uuid DEFAULT gen_random_uuid() NOT NULL,
    adapter_id uuid NOT NULL,
    figures jsonb NOT NULL,
    made_by uuid NOT NULL,
    made_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

CREATE TABLE public.style_voices (
    voice_id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    made_by uuid NOT NULL,
    made_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT style_voices_name_check CHECK ((name <> ''::text))
);

CREATE TABLE public.upload_steps (
    filing_id uuid NOT NULL,
    step text NOT NULL,
    matter_id uuid NOT NULL,
    version integer NOT NULL,
    output bytea NOT NULL
);

ALTER TABLE ONLY public.upload_steps FORCE ROW LEVEL SECURITY;

CREATE TABLE public.vouchers (
    sha256 bytea NOT NULL,
    used_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT vouchers_sha256_check CHECK ((length(sha256) = 32))
);

ALTER TABLE ONLY public.style_ballots
    ADD CONSTRAINT style_ballots_pkey PRIMARY KEY (ballot_id);

CREATE FUNCTION public.style_preferences(dataset uuid) RETURNS TABLE(plain text, by_adapter text, by_other text, for_adapter bigint, for_other bigint)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    BEGIN ATOMIC
 SELECT ballot.plain,
     ballot.by_adapter,
     ballot.by_other,
     count(*) FILTER (WHERE vote.for_adapter) AS count,
     count(*) FILTER (WHERE (NOT vote.for_adapter)) AS count
    FROM ((public.style_adapters adapter
      JOIN public.style_ballots ballot ON ((adapter.adapter_id = ballot.adapter_id)))
      JOIN public.style_votes vote ON ((ballot.ballot_id = vote.ballot_id)))
   WHERE ((adapter.dataset_id = style_preferences.dataset) AND (NOT (EXISTS ( SELECT
            FROM public.style_sources held
           WHERE ((held.dataset_id = adapter.dataset_id) AND (held.matter_id IS NOT NULL) AND (NOT (held.matter_id = ANY (( SELECT public.readable_matters() AS readable_matters)::uuid[]))))))))
   GROUP BY ballot.ballot_id
   ORDER BY ballot.made_at, ballot.ballot_id;
END;

ALTER TABLE ONLY public.allowances
    ADD CONSTRAINT allowances_pkey PRIMARY KEY (person_id, what, since);

ALTER TABLE ONLY public.answers
    ADD CONSTRAINT answers_pkey PRIMARY KEY (answer_id);

ALTER TABLE ONLY public.api_tokens
    ADD CONSTRAINT api_tokens_person_id_name_key UNIQUE (person_id, name);

ALTER TABLE ONLY public.api_tokens
    ADD CONSTRAINT api_tokens_pkey PRIMARY KEY (token_id);

ALTER TABLE ONLY public.api_tokens
    ADD CONSTRAINT api_tokens_token_sha256_key UNIQUE (token_sha256);

ALTER TABLE ONLY public.audit_entries
    ADD CONSTRAINT audit_entries_entry_id_key UNIQUE (entry_id);

ALTER TABLE ONLY public.audit_entries
    ADD CONSTRAINT audit_entries_pkey PRIMARY KEY (seq);

ALTER TABLE ONLY public.audit_texts
    ADD CONSTRAINT audit_texts_pkey PRIMARY KEY (entry_id);

ALTER TABLE ONLY public.bench_runs
    ADD CONSTRAINT bench_runs_pkey PRIMARY KEY (bench_id);

ALTER TABLE ONLY public.case_citations
    ADD CONSTRAINT case_citations_pkey PRIMARY KEY (case_id, ordinal);

ALTER TABLE ONLY public.cases
    ADD CONSTRAINT cases_pkey PRIMARY KEY (case_id);

ALTER TABLE ONLY public.cases
    ADD CONSTRAINT cases_source_id_key UNIQUE (source_id);

ALTER TABLE ONLY public.citations
    ADD CONSTRAINT citations_pkey PRIMARY KEY (opinion_id, ordinal);

ALTER TABLE ONLY public.courts
    ADD CONSTRAINT courts_pkey PRIMARY KEY (court);

ALTER TABLE ONLY public.draft_confirmations
    ADD CONSTRAINT draft_confirmations_pkey PRIMARY KEY (draft_id, n, version, person_id);

ALTER TABLE ONLY public.draft_versions
    ADD CONSTRAINT draft_versions_pkey PRIMARY KEY (draft_id, version);

ALTER TABLE ONLY public.drafts
    ADD CONSTRAINT drafts_matter_id_draft_id_key UNIQUE (matter_id, draft_id);

ALTER TABLE ONLY public.drafts
    ADD CONSTRAINT drafts_pkey PRIMARY KEY (draft_id);

ALTER TABLE ONLY public.encoders
    ADD CONSTRAINT encoders_fingerprint_key UNIQUE (fingerprint);

ALTER TABLE ONLY public.encoders
    ADD CONSTRAINT encoders_pkey PRIMARY KEY (encoder_id);

ALTER TABLE ONLY public.failures
    ADD CONSTRAINT failures_pkey PRIMARY KEY (what);

ALTER TABLE ONLY public.filing_citations
    ADD CONSTRAINT filing_citations_pkey PRIMARY KEY (filing_id, ordinal);

ALTER TABLE ONLY public.filing_descriptions
    ADD CONSTRAINT filing_descriptions_pkey PRIMARY KEY (filing_id, field);

ALTER TABLE ONLY public.filing_findings
    ADD CONSTRAINT filing_findings_pkey PRIMARY KEY (filing_id, ordinal);

ALTER TABLE ONLY public.filing_labels
    ADD CONSTRAINT filing_labels_pkey PRIMARY KEY (filing_id, ordinal);

ALTER TABLE ONLY public.filing_pages
    ADD CONSTRAINT filing_pages_pkey PRIMARY KEY (filing_id, number);

ALTER TABLE ONLY public.filing_passages
    ADD CONSTRAINT filing_passages_pkey PRIMARY KEY (filing_id, ordinal);

ALTER TABLE ONLY public.filing_postings
    ADD CONSTRAINT filing_postings_pkey PRIMARY KEY (matter_id, term, filing_id);

ALTER TABLE ONLY public.filings
    ADD CONSTRAINT filings_matter_id_content_sha256_key UNIQUE (matter_id, content_sha256);

ALTER TABLE ONLY public.filings
    ADD CONSTRAINT filings_matter_id_filing_id_key UNIQUE (matter_id, filing_id);

ALTER TABLE ONLY public.filings
    ADD CONSTRAINT filings_pkey PRIMARY KEY (filing_id);

ALTER TABLE ONLY public.firm_settings
    ADD CONSTRAINT firm_settings_pkey PRIMARY KEY (name);

ALTER TABLE ONLY public.identities
    ADD CONSTRAINT identities_pkey PRIMARY KEY (issuer, subject);

ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_pkey PRIMARY KEY (token_sha256);

ALTER TABLE ONLY public.jobs
    ADD CONSTRAINT jobs_filing_id_key UNIQUE (filing_id);

ALTER TABLE ONLY public.jobs
    ADD CONSTRAINT jobs_pkey PRIMARY KEY (job_id);

ALTER TABLE ONLY public.known_addresses
    ADD CONSTRAINT known_addresses_pkey PRIMARY KEY (person_id, address);

ALTER TABLE ONLY public.library
    ADD CONSTRAINT library_pkey PRIMARY KEY (one);

ALTER TABLE ONLY public.matters
    ADD CONSTRAINT matters_pkey PRIMARY KEY (matter_id);

ALTER TABLE ONLY public.migrations
    ADD CONSTRAINT migrations_pkey PRIMARY KEY (number);

ALTER TABLE ONLY public.notes
    ADD CONSTRAINT notes_pkey PRIMARY KEY (note_id);

ALTER TABLE ONLY public.opinions
    ADD CONSTRAINT opinions_case_id_ordinal_key UNIQUE (case_id, ordinal);

ALTER TABLE ONLY public.opinions
    ADD CONSTRAINT opinions_pkey PRIMARY KEY (opinion_id);

ALTER TABLE ONLY public.pages
    ADD CONSTRAINT pages_pkey PRIMARY KEY (opinion_id, start_offset);

ALTER TABLE ONLY public.passages
    ADD CONSTRAINT passages_pkey PRIMARY KEY (passage_id);

ALTER TABLE ONLY public.passwords
    ADD CONSTRAINT passwords_pkey PRIMARY KEY (person_id);

ALTER TABLE ONLY public.people
    ADD CONSTRAINT people_pkey PRIMARY KEY (person_id);

ALTER TABLE ONLY public.postings
    ADD CONSTRAINT postings_pkey PRIMARY KEY (term, segment);

ALTER TABLE ONLY public.removed_matters
    ADD CONSTRAINT removed_matters_pkey PRIMARY KEY (matter_id);

ALTER TABLE ONLY public.segments
    ADD CONSTRAINT segments_pkey PRIMARY KEY (segment);

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (session_id);

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_token_sha256_key UNIQUE (token_sha256);

ALTER TABLE ONLY public.style_adapters
    ADD CONSTRAINT style_adapters_pkey PRIMARY KEY (adapter_id);

ALTER TABLE ONLY public.style_cards
    ADD CONSTRAINT style_cards_pkey PRIMARY KEY (card_id);

ALTER TABLE ONLY public.style_datasets
    ADD CONSTRAINT style_datasets_pkey PRIMARY KEY (dataset_id);

ALTER TABLE ONLY public.style_evaluations
    ADD CONSTRAINT style_evaluations_pkey PRIMARY KEY (evaluation_id);

ALTER TABLE ONLY public.style_examples
    ADD CONSTRAINT style_examples_pkey PRIMARY KEY (dataset_id, ordinal);

ALTER TABLE ONLY public.style_sources
    ADD CONSTRAINT style_sources_pkey PRIMARY KEY (dataset_id, source);

ALTER TABLE ONLY public.style_voices
    ADD CONSTRAINT style_voices_name_key UNIQUE (name);

ALTER TABLE ONLY public.style_voices
    ADD CONSTRAINT style_voices_pkey PRIMARY KEY (voice_id);

ALTER TABLE ONLY public.style_votes
    ADD CONSTRAINT style_votes_pkey PRIMARY KEY (ballot_id, person_id);

ALTER TABLE ONLY public.team_members
    ADD CONSTRAINT team_members_pkey PRIMARY KEY (matter_id, person_id);

ALTER TABLE ONLY public.trace_confirmations
    ADD CONSTRAINT trace_confirmations_pkey PRIMARY KEY (trace_id, n, person_id);

ALTER TABLE ONLY public.traces
    ADD CONSTRAINT traces_pkey PRIMARY KEY (trace_id);

ALTER TABLE ONLY public.treatment_cues
    ADD CONSTRAINT treatment_cues_pkey PRIMARY KEY (opinion_id, ordinal, start_offset);

ALTER TABLE ONLY public.upload_steps
    ADD CONSTRAINT upload_steps_pkey PRIMARY KEY (filing_id, step);

ALTER TABLE ONLY public.uploads
    ADD CONSTRAINT uploads_matter_id_filing_id_key UNIQUE (matter_id, filing_id);

ALTER TABLE ONLY public.uploads
    ADD CONSTRAINT uploads_matter_id_sha256_reading_key UNIQUE (matter_id, sha256, reading);

ALTER TABLE ONLY public.uploads
    ADD CONSTRAINT uploads_pkey PRIMARY KEY (filing_id);

ALTER TABLE ONLY public.vouchers
    ADD CONSTRAINT vouchers_pkey PRIMARY KEY (sha256);

ALTER TABLE ONLY public.walls
    ADD CONSTRAINT walls_pkey PRIMARY KEY (matter_id, person_id);

CREATE INDEX answers_matter ON public.answers USING btree (matter_id);

CREATE INDEX api_tokens_expire ON public.api_tokens USING btree (expires_at);

CREATE INDEX audit_entries_action ON public.audit_entries USING btree (action, seq);

CREATE INDEX audit_entries_at ON public.audit_entries USING btree (at);

CREATE INDEX audit_entries_matter ON public.audit_entries USING btree (matter_id, seq);

CREATE INDEX audit_entries_person ON public.audit_entries USING btree (person_id, seq);

CREATE INDEX audit_entries_subject ON public.audit_entries USING btree (subject, seq);

CREATE INDEX audit_texts_at ON public.audit_texts USING btree (at);

CREATE INDEX bench_runs_person ON public.bench_runs USING btree (person_id, asked_at);

CREATE INDEX case_citations_place ON public.case_citations USING btree (reporter, volume, page);

CREATE INDEX cases_court ON public.cases USING btree (court);

CREATE INDEX cases_docket_numbers ON public.cases USING gin (public.docket_numbers(docket_number));

CREATE INDEX cases_name_words ON public.cases USING gin (public.name_words(case_name));

CREATE INDEX cases_to_link ON public.cases USING btree (case_id) WHERE (NOT linked);

CREATE INDEX citations_case ON public.citations USING btree (case_id);

CREATE INDEX citations_cited_case ON public.citations USING btree (cited_case_id) WHERE (cited_case_id IS NOT NULL);

CREATE INDEX citations_orphaned ON public.citations USING btree (opinion_id) WHERE ((status = 'held'::text) AND (cited_case_id IS NULL));

CREATE INDEX citations_place ON public.citations USING btree (reporter, volume, page) WHERE (kind = 'full'::text);

CREATE INDEX failures_failed ON public.failures USING btree (failed_at);

CREATE INDEX filing_citations_place ON public.filing_citations USING btree (matter_id, reporter, volume, page);

CREATE INDEX filing_passages_matter ON public.filing_passages USING btree (matter_id);

CREATE INDEX filing_postings_filing ON public.filing_postings USING btree (filing_id);

CREATE INDEX filings_replaced_by ON public.filings USING btree (replaced_by);

CREATE INDEX identities_person ON public.identities USING btree (person_id);

CREATE INDEX invitations_person ON public.invitations USING btree (person_id);

CREATE INDEX jobs_leased ON public.jobs USING btree (leased_until) WHERE (leased_until IS NOT NULL);

CREATE INDEX jobs_person ON public.jobs USING btree (person_id, turn, job_id);

CREATE INDEX matters_opened_by ON public.matters USING btree (opened_by);

CREATE INDEX notes_matter ON public.notes USING btree (matter_id);

CREATE INDEX passages_case ON public.passages USING btree (case_id);

CREATE UNIQUE INDEX passages_opinion ON public.passages USING btree (opinion_id, start_offset);

CREATE UNIQUE INDEX people_login ON public.people USING btree (lower(login));

CREATE UNIQUE INDEX people_owner ON public.people USING btree (is_owner) WHERE is_owner;

CREATE INDEX sessions_person ON public.sessions USING btree (person_id);

CREATE INDEX sessions_seen ON public.sessions USING btree (seen_at);

CREATE INDEX style_adapters_dataset ON public.style_adapters USING btree (dataset_id);

CREATE INDEX style_adapters_instead_of ON public.style_adapters USING btree (instead_of);

CREATE UNIQUE INDEX style_adapters_promoted ON public.style_adapters USING btree (voice_id) WHERE (state = 'promoted'::text);

CREATE INDEX style_adapters_voice ON public.style_adapters USING btree (voice_id, asked_at);

CREATE INDEX style_ballots_adapter ON public.style_ballots USING btree (adapter_id);

CREATE INDEX style_ballots_matter ON public.style_ballots USING btree (matter_id);

CREATE INDEX style_datasets_instead_of ON public.style_datasets USING btree (instead_of);

CREATE INDEX style_datasets_voice ON public.style_datasets USING btree (voice_id, made_at);

CREATE INDEX style_evaluations_adapter ON public.style_evaluations USING btree (adapter_id, made_at);

CREATE INDEX style_examples_matter ON public.style_examples USING btree (matter_id);

CREATE INDEX style_examples_source ON public.style_examples USING btree (dataset_id, source);

CREATE INDEX style_sources_filing ON public.style_sources USING btree (filing_id);

CREATE INDEX style_sources_matter ON public.style_sources USING btree (matter_id);

CREATE INDEX team_members_person ON public.team_members USING btree (person_id);

CREATE INDEX traces_asked_at ON public.traces USING btree (asked_at);

CREATE INDEX traces_matter ON public.traces USING btree (matter_id, asked_at);

CREATE INDEX traces_person ON public.traces USING btree (person_id, asked_at);

CREATE INDEX uploads_duplicate_of ON public.uploads USING btree (duplicate_of);

CREATE INDEX uploads_part_of ON public.uploads USING btree (part_of);

CREATE INDEX vouchers_used ON public.vouchers USING btree (used_at);

CREATE INDEX walls_person ON public.walls USING btree (person_id);

CREATE TRIGGER chain_entry BEFORE INSERT ON public.audit_entries FOR EACH ROW EXECUTE FUNCTION public.chain_entry();

CREATE TRIGGER drop_style_cards AFTER DELETE ON public.filings FOR EACH ROW EXECUTE FUNCTION public.drop_style_cards();

CREATE TRIGGER drop_style_cards AFTER DELETE ON public.matters FOR EACH ROW EXECUTE FUNCTION public.drop_style_cards();

CREATE TRIGGER note_consent BEFORE UPDATE OF teaches_style ON public.matters FOR EACH ROW WHEN ((old.teaches_style <> new.teaches_style)) EXECUTE FUNCTION public.note_consent();

CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit_entries FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER refuse_change BEFORE UPDATE OR TRUNCATE ON public.audit_texts FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER remember_walls BEFORE DELETE ON public.matters FOR EACH ROW EXECUTE FUNCTION public.remember_walls();

CREATE TRIGGER withdraw_ballots AFTER UPDATE OF withdrawn_at ON public.style_sources FOR EACH ROW WHEN (((old.withdrawn_at IS NULL) AND (new.withdrawn_at IS NOT NULL))) EXECUTE FUNCTION public.withdraw_ballots();

CREATE TRIGGER withdraw_consent AFTER UPDATE OF teaches_style ON public.matters FOR EACH ROW WHEN ((old.teaches_style AND (NOT new.teaches_style))) EXECUTE FUNCTION public.withdraw_consent();

CREATE TRIGGER withdraw_filing BEFORE DELETE ON public.filings FOR EACH ROW EXECUTE FUNCTION public.withdraw_filing();

CREATE TRIGGER withdraw_matter BEFORE DELETE ON public.matters FOR EACH ROW EXECUTE FUNCTION public.withdraw_matter();

ALTER TABLE ONLY public.allowances
    ADD CONSTRAINT allowances_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(person_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.answers
    ADD CONSTRAINT answers_kept_by_fkey FOREIGN KEY (kept_by) REFERENCES public.people(person_id);

ALTER TABLE ONLY public.answers
    ADD CONSTRAINT answers_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.matters(matter_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.api_tokens
    ADD CONSTRAINT api_tokens_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(person_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.audit_texts
    ADD CONSTRAINT audit_texts_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES public.audit_entries(entry_id);

ALTER TABLE ONLY public.bench_runs
    ADD CONSTRAINT bench_runs_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(person_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.case_citations
    ADD CONSTRAINT case_citations_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.cases(case_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.cases
    ADD CONSTRAINT cases_court_fkey FOREIGN KEY (court) REFERENCES public.courts(court);

ALTER TABLE ONLY public.citations
    ADD CONSTRAINT citations_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.cases(case_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.citations
    ADD CONSTRAINT citations_cited_case_id_fkey FOREIGN KEY (cited_case_id) REFERENCES public.cases(case_id) ON DELETE SET NULL;

ALTER TABLE ONLY public.citations
    ADD CONSTRAINT citations_opinion_id_fkey FOREIGN KEY (opinion_id) REFERENCES public.opinions(opinion_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.draft_confirmations
    ADD CONSTRAINT draft_confirmations_matter_id_draft_id_fkey FOREIGN KEY (matter_id, draft_id) REFERENCES public.drafts(matter_id, draft_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.draft_confirmations
    ADD CONSTRAINT draft_confirmations_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(person_id);

ALTER TABLE ONLY public.draft_versions
    ADD CONSTRAINT draft_versions_matter_id_draft_id_fkey FOREIGN KEY (matter_id, draft_id) REFERENCES public.drafts(matter_id, draft_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.draft_versions
    ADD CONSTRAINT draft_versions_saved_by_fkey FOREIGN KEY (saved_by) REFERENCES public.people(person_id);

ALTER TABLE ONLY public.drafts
    ADD CONSTRAINT drafts_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.matters(matter_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.drafts
    ADD CONSTRAINT drafts_started_by_fkey FOREIGN KEY (started_by) REFERENCES public.people(person_id);

ALTER TABLE ONLY public.filing_citations
    ADD CONSTRAINT filing_citations_matter_id_filing_id_fkey FOREIGN KEY (matter_id, filing_id) REFERENCES public.filings(matter_id, filing_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.filing_descriptions
    ADD CONSTRAINT filing_descriptions_confirmed_by_fkey FOREIGN KEY (confirmed_by) REFERENCES public.people(person_id);

ALTER TABLE ONLY public.filing_descriptions
    ADD CONSTRAINT filing_descriptions_matter_id_filing_id_fkey FOREIGN KEY (matter_id, filing_id) REFERENCES public.uploads(matter_id, filing_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.filing_findings
    ADD CONSTRAINT filing_findings_matter_id_filing_id_fkey FOREIGN KEY (matter_id, filing_id) REFERENCES public.uploads(matter_id, filing_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.filing_labels
    ADD CONSTRAINT filing_labels_matter_id_filing_id_fkey FOREIGN KEY (matter_id, filing_id) REFERENCES public.uploads(matter_id, filing_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.filing_pages
    ADD CONSTRAINT filing_pages_matter_id_filing_id_fkey FOREIGN KEY (matter_id, filing_id) REFERENCES public.uploads(matter_id, filing_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.filing_passages
    ADD CONSTRAINT filing_passages_matter_id_filing_id_fkey FOREIGN KEY (matter_id, filing_id) REFERENCES public.filings(matter_id, filing_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.filing_postings
    ADD CONSTRAINT filing_postings_matter_id_filing_id_fkey FOREIGN KEY (matter_id, filing_id) REFERENCES public.filings(matter_id, filing_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.filings
    ADD CONSTRAINT filings_added_by_fkey FOREIGN KEY (added_by) REFERENCES public.people(person_id);

ALTER TABLE ONLY public.filings
    ADD CONSTRAINT filings_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.matters(matter_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.filings
    ADD CONSTRAINT filings_matter_id_replaced_by_fkey FOREIGN KEY (matter_id, replaced_by) REFERENCES public.filings(matter_id, filing_id);

ALTER TABLE ONLY public.firm_settings
    ADD CONSTRAINT firm_settings_set_by_fkey FOREIGN KEY (set_by) REFERENCES public.people(person_id);

ALTER TABLE ONLY public.identities
    ADD CONSTRAINT identities_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(person_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(person_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.jobs
    ADD CONSTRAINT jobs_matter_id_filing_id_fkey FOREIGN KEY (matter_id, filing_id) REFERENCES public.uploads(matter_id, filing_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.jobs
    ADD CONSTRAINT jobs_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(person_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.known_addresses
    ADD CONSTRAINT known_addresses_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(person_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.matters
    ADD CONSTRAINT matters_held_by_fkey FOREIGN KEY (held_by) REFERENCES public.people(person_id);

ALTER TABLE ONLY public.matters
    ADD CONSTRAINT matters_opened_by_fkey FOREIGN KEY (opened_by) REFERENCES public.people(person_id);

ALTER TABLE ONLY public.matters
    ADD CONSTRAINT matters_taught_by_fkey FOREIGN KEY (taught_by) REFERENCES public.people(person_id);

ALTER TABLE ONLY public.notes
    ADD CONSTRAINT notes_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.matters(matter_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.notes
    ADD CONSTRAINT notes_written_by_fkey FOREIGN KEY (written_by) REFERENCES public.people(person_id);

ALTER TABLE ONLY public.opinions
    ADD CONSTRAINT opinions_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.cases(case_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.pages
    ADD CONSTRAINT pages_opinion_id_fkey FOREIGN KEY (opinion_id) REFERENCES public.opinions(opinion_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.passages
    ADD CONSTRAINT passages_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.cases(case_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.passages
    ADD CONSTRAINT passages_encoder_id_fkey FOREIGN KEY (encoder_id) REFERENCES public.encoders(encoder_id);

ALTER TABLE ONLY public.passages
    ADD CONSTRAINT passages_opinion_id_fkey FOREIGN KEY (opinion_id) REFERENCES public.opinions(opinion_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.passwords
    ADD CONSTRAINT passwords_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(person_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(person_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.style_adapters
    ADD CONSTRAINT style_adapters_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES public.people(person_id);

ALTER TABLE ONLY public.style_adapters
    ADD CONSTRAINT style_adapters_dataset_id_fkey FOREIGN KEY (dataset_id) REFERENCES public.style_datasets(dataset_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.style_adapters
    ADD CONSTRAINT style_adapters_instead_of_fkey FOREIGN KEY (instead_of) REFERENCES public.style_adapters(adapter_id);

ALTER TABLE ONLY public.style_adapters
    ADD CONSTRAINT style_adapters_measure_for_fkey FOREIGN KEY (measure_for) REFERENCES public.people(person_id);

ALTER TABLE ONLY public.style_adapters
    ADD CONSTRAINT style_adapters_voice_id_fkey FOREIGN KEY (voice_id) REFERENCES public.style_voices(voice_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.style_ballots
    ADD CONSTRAINT style_ballots_adapter_id_fkey FOREIGN KEY (adapter_id) REFERENCES public.style_adapters(adapter_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.style_cards
    ADD CONSTRAINT style_cards_made_by_fkey FOREIGN KEY (made_by) REFERENCES public.people(person_id);

ALTER TABLE ONLY public.style_datasets
    ADD CONSTRAINT style_datasets_instead_of_fkey FOREIGN KEY (instead_of) REFERENCES public.style_datasets(dataset_id);

ALTER TABLE ONLY public.style_datasets
    ADD CONSTRAINT style_datasets_made_by_fkey FOREIGN KEY (made_by) REFERENCES public.people(person_id);

ALTER TABLE ONLY public.style_datasets
    ADD CONSTRAINT style_datasets_voice_id_fkey FOREIGN KEY (voice_id) REFERENCES public.style_voices(voice_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.style_evaluations
    ADD CONSTRAINT style_evaluations_adapter_id_fkey FOREIGN KEY (adapter_id) REFERENCES public.style_adapters(adapter_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.style_evaluations
    ADD CONSTRAINT style_evaluations_made_by_fkey FOREIGN KEY (made_by) REFERENCES public.people(person_id);

ALTER TABLE ONLY public.style_examples
    ADD CONSTRAINT style_examples_dataset_id_source_fkey FOREIGN KEY (dataset_id, source) REFERENCES public.style_sources(dataset_id, source) ON DELETE CASCADE;

ALTER TABLE ONLY public.style_sources
    ADD CONSTRAINT style_sources_dataset_id_fkey FOREIGN KEY (dataset_id) REFERENCES public.style_datasets(dataset_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.style_voices
    ADD CONSTRAINT style_voices_made_by_fkey FOREIGN KEY (made_by) REFERENCES public.people(person_id);

ALTER TABLE ONLY public.style_votes
    ADD CONSTRAINT style_votes_ballot_id_fkey FOREIGN KEY (ballot_id) REFERENCES public.style_ballots(ballot_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.style_votes
    ADD CONSTRAINT style_votes_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(person_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.team_members
    ADD CONSTRAINT team_members_added_by_fkey FOREIGN KEY (added_by) REFERENCES public.people(person_id);

ALTER TABLE ONLY public.team_members
    ADD CONSTRAINT team_members_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.matters(matter_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.team_members
    ADD CONSTRAINT team_members_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(person_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.trace_confirmations
    ADD CONSTRAINT trace_confirmations_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(person_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.trace_confirmations
    ADD CONSTRAINT trace_confirmations_trace_id_fkey FOREIGN KEY (trace_id) REFERENCES public.traces(trace_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.traces
    ADD CONSTRAINT traces_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.matters(matter_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.traces
    ADD CONSTRAINT traces_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(person_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.treatment_cues
    ADD CONSTRAINT treatment_cues_opinion_id_ordinal_fkey FOREIGN KEY (opinion_id, ordinal) REFERENCES public.citations(opinion_id, ordinal) ON DELETE CASCADE;

ALTER TABLE ONLY public.upload_steps
    ADD CONSTRAINT upload_steps_matter_id_filing_id_fkey FOREIGN KEY (matter_id, filing_id) REFERENCES public.uploads(matter_id, filing_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.uploads
    ADD CONSTRAINT uploads_added_by_fkey FOREIGN KEY (added_by) REFERENCES public.people(person_id);

ALTER TABLE ONLY public.uploads
    ADD CONSTRAINT uploads_matter_id_duplicate_of_fkey FOREIGN KEY (matter_id, duplicate_of) REFERENCES public.filings(matter_id, filing_id) ON DELETE SET NULL (duplicate_of);

ALTER TABLE ONLY public.uploads
    ADD CONSTRAINT uploads_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.matters(matter_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.uploads
    ADD CONSTRAINT uploads_matter_id_part_of_fkey FOREIGN KEY (matter_id, part_of) REFERENCES public.uploads(matter_id, filing_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.uploads
    ADD CONSTRAINT uploads_released_by_fkey FOREIGN KEY (released_by) REFERENCES public.people(person_id);

ALTER TABLE ONLY public.walls
    ADD CONSTRAINT walls_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.matters(matter_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.walls
    ADD CONSTRAINT walls_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(person_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.walls
    ADD CONSTRAINT walls_raised_by_fkey FOREIGN KEY (raised_by) REFERENCES public.people(person_id);

CREATE POLICY add ON public.audit_entries FOR INSERT WITH CHECK (((( SELECT public.acting_person() AS acting_person) IS NULL) OR (person_id = ( SELECT public.acting_person() AS acting_person))));

CREATE POLICY add ON public.audit_texts FOR INSERT WITH CHECK ((( SELECT public.acting_person() AS acting_person) IS NOT NULL));

ALTER TABLE public.answers ENABLE ROW LEVEL SECURITY;

CREATE POLICY arrange ON public.matters FOR UPDATE USING ((matter_id = ANY (( SELECT public.arranged_matters() AS arranged_matters)::uuid[])));

CREATE POLICY arrange ON public.team_members FOR INSERT WITH CHECK (((added_by = ( SELECT public.acting_person() AS acting_person)) AND (matter_id = ANY (( SELECT public.arranged_matters() AS arranged_matters)::uuid[]))));

ALTER TABLE public.audit_entries ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.audit_texts ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.bench_runs ENABLE ROW LEVEL SECURITY;

CREATE POLICY change ON public.notes FOR UPDATE USING (((matter_id = ANY (( SELECT public.readable_matters() AS readable_matters)::uuid[])) AND (written_by = ( SELECT public.acting_person() AS acting_person))));

ALTER TABLE public.draft_confirmations ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.draft_versions ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.drafts ENABLE ROW LEVEL SECURITY;

CREATE POLICY edit ON public.style_cards AS RESTRICTIVE FOR UPDATE USING (( SELECT public.acts_as('admin'::text) AS acts_as));

ALTER TABLE public.filing_citations ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.filing_descriptions ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.filing_findings ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.filing_labels ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.filing_pages ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.filing_passages ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.filing_postings ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.filings ENABLE ROW LEVEL SECURITY;

CREATE POLICY functions_add ON public.audit_entries FOR INSERT TO onpoint WITH CHECK (true);

CREATE POLICY functions_add ON public.removed_matters FOR INSERT TO onpoint WITH CHECK (true);

CREATE POLICY functions_all ON public.style_ballots TO onpoint USING (true);

CREATE POLICY functions_all ON public.style_examples TO onpoint USING (true);

CREATE POLICY functions_all ON public.style_sources TO onpoint USING (true);

CREATE POLICY functions_all ON public.style_votes TO onpoint USING (true);

CREATE POLICY functions_forget ON public.audit_texts FOR DELETE TO onpoint USING (true);

CREATE POLICY functions_forget ON public.traces FOR DELETE TO onpoint USING (true);

CREATE POLICY functions_read ON public.audit_entries FOR SELECT TO onpoint USING (true);

CREATE POLICY functions_read ON public.audit_texts FOR SELECT TO onpoint USING (true);

CREATE POLICY functions_read ON public.draft_confirmations FOR SELECT TO onpoint USING (true);

CREATE POLICY functions_read ON public.draft_versions FOR SELECT TO onpoint USING (true);

CREATE POLICY functions_read ON public.drafts FOR SELECT TO onpoint USING (true);

CREATE POLICY functions_read ON public.filing_citations FOR SELECT TO onpoint USING (true);

CREATE POLICY functions_read ON public.filing_descriptions FOR SELECT TO onpoint USING (true);

CREATE POLICY functions_read ON public.filing_findings FOR SELECT TO onpoint USING (true);

CREATE POLICY functions_read ON public.filing_labels FOR SELECT TO onpoint USING (true);

CREATE POLICY functions_read ON public.filing_pages FOR SELECT TO onpoint USING (true);

CREATE POLICY functions_read ON public.filing_passages FOR SELECT TO onpoint USING (true);

CREATE POLICY functions_read ON public.filing_postings FOR SELECT TO onpoint USING (true);

CREATE POLICY functions_read ON public.filings FOR SELECT TO onpoint USING (true);

CREATE POLICY functions_read ON public.matters FOR SELECT TO onpoint USING (true);

CREATE POLICY functions_read ON public.removed_matters FOR SELECT TO onpoint USING (true);

CREATE POLICY functions_read ON public.style_cards FOR SELECT TO onpoint USING (true);

CREATE POLICY functions_read ON public.team_members FOR SELECT TO onpoint USING (true);

CREATE POLICY functions_read ON public.trace_confirmations FOR SELECT TO onpoint USING (true);

CREATE POLICY functions_read ON public.traces FOR SELECT TO onpoint USING (true);

CREATE POLICY functions_read ON public.upload_steps FOR SELECT TO onpoint USING (true);

CREATE POLICY functions_read ON public.uploads FOR SELECT TO onpoint USING (true);

CREATE POLICY functions_read ON public.walls FOR SELECT TO onpoint USING (true);

CREATE POLICY functions_remove ON public.style_cards FOR DELETE TO onpoint USING (true);

CREATE POLICY functions_work ON public.jobs TO onpoint USING (true) WITH CHECK (true);

CREATE POLICY functions_work ON public.uploads FOR UPDATE TO onpoint USING (true) WITH CHECK (true);

CREATE POLICY hold ON public.answers AS RESTRICTIVE FOR DELETE USING ((matter_id <> ALL (ARRAY( SELECT matters.matter_id
   FROM public.matters
  WHERE matters.legal_hold))));

CREATE POLICY hold ON public.draft_confirmations AS RESTRICTIVE FOR DELETE USING ((matter_id <> ALL (ARRAY( SELECT matters.matter_id
   FROM public.matters
  WHERE matters.legal_hold))));

CREATE POLICY hold ON public.draft_versions AS RESTRICTIVE FOR DELETE USING ((matter_id <> ALL (ARRAY( SELECT matters.matter_id
   FROM public.matters
  WHERE matters.legal_hold))));

CREATE POLICY hold ON public.drafts AS RESTRICTIVE FOR DELETE USING ((matter_id <> ALL (ARRAY( SELECT matters.matter_id
   FROM public.matters
  WHERE matters.legal_hold))));

CREATE POLICY hold ON public.filings AS RESTRICTIVE FOR DELETE USING ((matter_id <> ALL (ARRAY( SELECT matters.matter_id
   FROM public.matters
  WHERE matters.legal_hold))));

CREATE POLICY hold ON public.notes AS RESTRICTIVE FOR DELETE USING ((matter_id <> ALL (ARRAY( SELECT matters.matter_id
   FROM public.matters
  WHERE matters.legal_hold))));

CREATE POLICY hold ON public.uploads AS RESTRICTIVE FOR DELETE USING (((matter_id <> ALL (ARRAY( SELECT matters.matter_id
   FROM public.matters
  WHERE matters.legal_hold))) OR ((reading > 1) AND (filing_id <> ALL (ARRAY( SELECT filings.filing_id
   FROM public.filings))))));

ALTER TABLE public.jobs ENABLE ROW LEVEL SECURITY;

CREATE POLICY lower ON public.walls FOR DELETE USING ((matter_id = ANY (( SELECT public.arranged_matters() AS arranged_matters)::uuid[])));

CREATE POLICY make ON public.style_cards AS RESTRICTIVE FOR INSERT WITH CHECK (((made_by = ( SELECT public.acting_person() AS acting_person)) AND ( SELECT public.acts_as('admin'::text) AS acts_as)));

ALTER TABLE public.matters ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.notes ENABLE ROW LEVEL SECURITY;

CREATE POLICY open ON public.answers AS RESTRICTIVE FOR INSERT WITH CHECK ((matter_id = ANY (ARRAY( SELECT matters.matter_id
   FROM public.matters
  WHERE (matters.state = 'open'::text)))));

CREATE POLICY open ON public.draft_versions AS RESTRICTIVE FOR INSERT WITH CHECK ((matter_id = ANY (ARRAY( SELECT matters.matter_id
   FROM public.matters
  WHERE (matters.state = 'open'::text)))));

CREATE POLICY open ON public.drafts AS RESTRICTIVE FOR INSERT WITH CHECK ((matter_id = ANY (ARRAY( SELECT matters.matter_id
   FROM public.matters
  WHERE (matters.state = 'open'::text)))));

CREATE POLICY open ON public.filings AS RESTRICTIVE FOR INSERT WITH CHECK ((matter_id = ANY (ARRAY( SELECT matters.matter_id
   FROM public.matters
  WHERE (matters.state = 'open'::text)))));

CREATE POLICY open ON public.matters FOR INSERT WITH CHECK (((opened_by = ( SELECT public.acting_person() AS acting_person)) AND (( SELECT public.acts_as('lawyer'::text) AS acts_as) OR ( SELECT public.acts_as('admin'::text) AS acts_as))));

CREATE POLICY open ON public.notes AS RESTRICTIVE FOR INSERT WITH CHECK ((matter_id = ANY (ARRAY( SELECT matters.matter_id
   FROM public.matters
  WHERE (matters.state = 'open'::text)))));

CREATE POLICY open ON public.traces AS RESTRICTIVE FOR INSERT WITH CHECK (((matter_id IS NULL) OR (matter_id = ANY (ARRAY( SELECT matters.matter_id
   FROM public.matters
  WHERE (matters.state = 'open'::text))))));

CREATE POLICY open ON public.uploads AS RESTRICTIVE FOR INSERT WITH CHECK (((added_by = ( SELECT public.acting_person() AS acting_person)) AND (matter_id = ANY (ARRAY( SELECT matters.matter_id
   FROM public.matters
  WHERE (matters.state = 'open'::text))))));

CREATE POLICY open_to_be_put ON public.traces AS RESTRICTIVE FOR UPDATE WITH CHECK ((matter_id = ANY (ARRAY( SELECT matters.matter_id
   FROM public.matters
  WHERE (matters.state = 'open'::text)))));

CREATE POLICY own ON public.bench_runs USING (((person_id = ( SELECT public.acting_person() AS acting_person)) AND ( SELECT (public.acts_as('lawyer'::text) OR public.acts_as('paralegal'::text) OR public.acts_as('admin'::text)))));

CREATE POLICY own ON public.draft_confirmations AS RESTRICTIVE FOR DELETE USING ((person_id = ( SELECT public.acting_person() AS acting_person)));

CREATE POLICY own ON public.style_votes USING ((person_id = ( SELECT public.acting_person() AS acting_person))) WITH CHECK ((person_id = ( SELECT public.acting_person() AS acting_person)));

CREATE POLICY plant ON public.filing_citations FOR INSERT WITH CHECK ((matter_id = ANY (ARRAY( SELECT matters.matter_id
   FROM public.matters
  WHERE (matters.canary AND (matters.opened_by = public.acting_person()))))));

CREATE POLICY plant ON public.filing_passages FOR INSERT WITH CHECK ((matter_id = ANY (ARRAY( SELECT matters.matter_id
   FROM public.matters
  WHERE (matters.canary AND (matters.opened_by = public.acting_person()))))));

CREATE POLICY plant ON public.filing_postings FOR INSERT WITH CHECK ((matter_id = ANY (ARRAY( SELECT matters.matter_id
   FROM public.matters
  WHERE (matters.canary AND (matters.opened_by = public.acting_person()))))));

CREATE POLICY plant ON public.filings FOR INSERT WITH CHECK (((added_by = ( SELECT public.acting_person() AS acting_person)) AND (matter_id = ANY (ARRAY( SELECT matters.matter_id
   FROM public.matters
  WHERE (matters.canary AND (matters.opened_by = public.acting_person())))))));

CREATE POLICY put ON public.traces FOR UPDATE USING (((matter_id IS NULL) AND (person_id = ( SELECT public.acting_person() AS acting_person)))) WITH CHECK ((matter_id = ANY (( SELECT public.readable_matters() AS readable_matters)::uuid[])));

CREATE POLICY raise ON public.walls FOR INSERT WITH CHECK (((raised_by = ( SELECT public.acting_person() AS acting_person)) AND (matter_id = ANY (( SELECT public.arranged_matters() AS arranged_matters)::uuid[]))));

CREATE POLICY read ON public.notes FOR SELECT USING ((matter_id = ANY (( SELECT public.readable_matters() AS readable_matters)::uuid[])));

CREATE POLICY remove ON public.matters FOR DELETE USING (((matter_id = ANY (( SELECT public.arranged_matters() AS arranged_matters)::uuid[])) AND (NOT legal_hold)));

CREATE POLICY remove ON public.notes FOR DELETE USING (((matter_id = ANY (( SELECT public.readable_matters() AS readable_matters)::uuid[])) AND (written_by = ( SELECT public.acting_person() AS acting_person))));

CREATE POLICY remove ON public.style_cards AS RESTRICTIVE FOR DELETE USING (( SELECT public.acts_as('admin'::text) AS acts_as));

CREATE POLICY remove ON public.team_members FOR DELETE USING ((matter_id = ANY (( SELECT public.arranged_matters() AS arranged_matters)::uuid[])));

CREATE POLICY remove ON public.trace_confirmations FOR DELETE USING (((person_id = ( SELECT public.acting_person() AS acting_person)) AND (NOT (EXISTS ( SELECT
   FROM (public.traces
     JOIN public.matters ON ((traces.matter_id = matters.matter_id)))
  WHERE ((traces.trace_id = trace_confirmations.trace_id) AND matters.legal_hold))))));

ALTER TABLE public.removed_matters ENABLE ROW LEVEL SECURITY;

CREATE POLICY see ON public.audit_entries FOR SELECT USING ((((matter_id IS NULL) OR (matter_id = ANY (( SELECT public.audited_matters() AS audited_matters)::uuid[]))) AND ((person_id = ( SELECT public.acting_person() AS acting_person)) OR ( SELECT public.acts_as('admin'::text) AS acts_as))));

CREATE POLICY see ON public.audit_texts FOR SELECT USING ((EXISTS ( SELECT
   FROM public.audit_entries
  WHERE (audit_entries.entry_id = audit_texts.entry_id))));

CREATE POLICY see ON public.matters FOR SELECT USING (((matter_id = ANY (( SELECT public.readable_matters() AS readable_matters)::uuid[])) OR (matter_id = ANY (( SELECT public.arranged_matters() AS arranged_matters)::uuid[]))));

CREATE POLICY see ON public.style_cards USING ((( SELECT (public.acts_as('lawyer'::text) OR public.acts_as('paralegal'::text) OR public.acts_as('admin'::text))) AND (matters <@ ( SELECT public.readable_matters() AS readable_matters)) AND (NOT (EXISTS ( SELECT
   FROM public.matters taught
  WHERE ((taught.matter_id = ANY (style_cards.matters)) AND (NOT taught.teaches_style)))))));

CREATE POLICY see ON public.style_sources FOR SELECT USING (((matter_id IS NULL) OR (matter_id = ANY (( SELECT public.audited_matters() AS audited_matters)::uuid[]))));

CREATE POLICY see ON public.team_members FOR SELECT USING (((matter_id = ANY (( SELECT public.readable_matters() AS readable_matters)::uuid[])) OR (matter_id = ANY (( SELECT public.arranged_matters() AS arranged_matters)::uuid[]))));

CREATE POLICY see ON public.trace_confirmations FOR SELECT USING ((EXISTS ( SELECT
   FROM public.traces
  WHERE (traces.trace_id = trace_confirmations.trace_id))));

CREATE POLICY see ON public.traces FOR SELECT USING ((((matter_id IS NULL) AND (person_id = ( SELECT public.acting_person() AS acting_person)) AND ( SELECT (public.acts_as('lawyer'::text) OR public.acts_as('paralegal'::text) OR public.acts_as('admin'::text)))) OR (matter_id = ANY (( SELECT public.readable_matters() AS readable_matters)::uuid[]))));

CREATE POLICY see ON public.walls FOR SELECT USING ((matter_id = ANY (( SELECT public.arranged_matters() AS arranged_matters)::uuid[])));

ALTER TABLE public.style_ballots ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.style_cards ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.style_examples ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.style_sources ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.style_votes ENABLE ROW LEVEL SECURITY;

CREATE POLICY team ON public.answers USING ((matter_id = ANY (( SELECT public.readable_matters() AS readable_matters)::uuid[]))) WITH CHECK (((matter_id = ANY (( SELECT public.readable_matters() AS readable_matters)::uuid[])) AND (kept_by = ( SELECT public.acting_person() AS acting_person))));

CREATE POLICY team ON public.draft_confirmations USING ((matter_id = ANY (( SELECT public.readable_matters() AS readable_matters)::uuid[])));

CREATE POLICY team ON public.draft_versions USING ((matter_id = ANY (( SELECT public.readable_matters() AS readable_matters)::uuid[])));

CREATE POLICY team ON public.drafts USING ((matter_id = ANY (( SELECT public.readable_matters() AS readable_matters)::uuid[])));

CREATE POLICY team ON public.filing_citations USING ((matter_id = ANY (( SELECT public.readable_matters() AS readable_matters)::uuid[])));

CREATE POLICY team ON public.filing_descriptions USING ((matter_id = ANY (( SELECT public.readable_matters() AS readable_matters)::uuid[])));

CREATE POLICY team ON public.filing_findings USING ((matter_id = ANY (( SELECT public.readable_matters() AS readable_matters)::uuid[])));

CREATE POLICY team ON public.filing_labels USING ((matter_id = ANY (( SELECT public.readable_matters() AS readable_matters)::uuid[])));

CREATE POLICY team ON public.filing_pages USING ((matter_id = ANY (( SELECT public.readable_matters() AS readable_matters)::uuid[])));

CREATE POLICY team ON public.filing_passages USING ((matter_id = ANY (( SELECT public.readable_matters() AS readable_matters)::uuid[])));

CREATE POLICY team ON public.filing_postings USING ((matter_id = ANY (( SELECT public.readable_matters() AS readable_matters)::uuid[])));

CREATE POLICY team ON public.filings USING ((matter_id = ANY (( SELECT public.readable_matters() AS readable_matters)::uuid[]))) WITH CHECK (((matter_id = ANY (( SELECT public.readable_matters() AS readable_matters)::uuid[])) AND (added_by = ( SELECT public.acting_person() AS acting_person))));

CREATE POLICY team ON public.jobs USING ((matter_id = ANY (( SELECT public.readable_matters() AS readable_matters)::uuid[]))) WITH CHECK (((matter_id = ANY (( SELECT public.readable_matters() AS readable_matters)::uuid[])) AND (person_id = ( SELECT public.acting_person() AS acting_person))));

CREATE POLICY team ON public.style_ballots USING (((matter_id IS NULL) OR (matter_id = ANY (( SELECT public.readable_matters() AS readable_matters)::uuid[]))));

CREATE POLICY team ON public.style_examples USING (((matter_id IS NULL) OR (matter_id = ANY (( SELECT public.readable_matters() AS readable_matters)::uuid[]))));

CREATE POLICY team ON public.upload_steps USING ((matter_id = ANY (( SELECT public.readable_matters() AS readable_matters)::uuid[])));

CREATE POLICY team ON public.uploads USING ((matter_id = ANY (( SELECT public.readable_matters() AS readable_matters)::uuid[])));

ALTER TABLE public.team_members ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.trace_confirmations ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.traces ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.upload_steps ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.uploads ENABLE ROW LEVEL SECURITY;

CREATE POLICY version ON public.filings FOR UPDATE USING ((matter_id = ANY (( SELECT public.readable_matters() AS readable_matters)::uuid[])));

ALTER TABLE public.walls ENABLE ROW LEVEL SECURITY;

CREATE POLICY write ON public.draft_confirmations AS RESTRICTIVE FOR INSERT WITH CHECK ((person_id = ( SELECT public.acting_person() AS acting_person)));

CREATE POLICY write ON public.draft_versions AS RESTRICTIVE FOR INSERT WITH CHECK ((saved_by = ( SELECT public.acting_person() AS acting_person)));

CREATE POLICY write ON public.drafts AS RESTRICTIVE FOR INSERT WITH CHECK ((started_by = ( SELECT public.acting_person() AS acting_person)));

CREATE POLICY write ON public.notes FOR INSERT WITH CHECK (((matter_id = ANY (( SELECT public.readable_matters() AS readable_matters)::uuid[])) AND (written_by = ( SELECT public.acting_person() AS acting_person))));

CREATE POLICY write ON public.style_sources FOR INSERT WITH CHECK (((matter_id IS NULL) OR (matter_id = ANY (ARRAY( SELECT matters.matter_id
   FROM public.matters
  WHERE (matters.teaches_style AND (matters.matter_id = ANY (( SELECT public.readable_matters() AS readable_matters)::uuid[]))))))));

CREATE POLICY write ON public.trace_confirmations FOR INSERT WITH CHECK (((person_id = ( SELECT public.acting_person() AS acting_person)) AND (EXISTS ( SELECT
   FROM public.traces
  WHERE (traces.trace_id = trace_confirmations.trace_id)))));

CREATE POLICY write ON public.traces FOR INSERT WITH CHECK (((person_id = ( SELECT public.acting_person() AS acting_person)) AND ((matter_id IS NULL) OR (matter_id = ANY (( SELECT public.readable_matters() AS readable_matters)::uuid[])))));
