-- An adapter may be served by name, on a server of the firm's or a vendor's; and it is measured as
-- it is trained: as work that a worker takes, and that another takes up where one is gone. A person
-- may have a usual voice of their own.

ALTER TABLE style_adapters
-- The model's name where it is served, `provider:model`; null of one that speaks in this process.
ADD COLUMN served text CHECK (served <> ''),
-- Since when it waits to be measured, and who asked for it.
ADD COLUMN measure_since timestamptz,
ADD COLUMN measure_for uuid REFERENCES people,
ADD COLUMN measure_attempts integer NOT NULL DEFAULT 0,
-- Why the last measuring came to nothing.
ADD COLUMN measure_failed text;

-- How a person wants answers worded who may choose; null as the firm does.
ALTER TABLE people
ADD COLUMN voice text CHECK (voice IN ('off', 'prompt', 'adapter'));

-- Which adapter is to be measured next? It is this worker's for the time of the lease.
CREATE FUNCTION claim_measuring(by_worker uuid, lease interval)
RETURNS TABLE (
    adapter_id uuid, base text, served text, recipe jsonb, attempts integer, asked_by uuid
)
LANGUAGE sql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
BEGIN ATOMIC
    UPDATE style_adapters
    SET
        worker = claim_measuring.by_worker,  -- noqa: RF01
        leased_until = clock_timestamp() + claim_measuring.lease,  -- noqa: RF01
        measure_attempts = style_adapters.measure_attempts + 1
    WHERE
        style_adapters.adapter_id = (
            SELECT waiting.adapter_id
            FROM style_adapters AS waiting
            WHERE
                waiting.measure_since IS NOT null
                AND waiting.state IN ('trained', 'evaluated', 'promoted', 'retired')
                AND (waiting.leased_until IS null OR waiting.leased_until < clock_timestamp())
            ORDER BY waiting.measure_since, waiting.adapter_id
            LIMIT 1
            FOR UPDATE SKIP LOCKED
        )
    RETURNING
        style_adapters.adapter_id, style_adapters.base, style_adapters.served,
        style_adapters.recipe, style_adapters.measure_attempts, style_adapters.measure_for;
END;

-- What others wrote in the matters of the adapter that a worker measures: an author is told from
-- those that wrote of the same things. Nobody asks here, and nobody is shown it.
CREATE FUNCTION style_background(by_worker uuid, characters integer, most integer)
RETURNS TABLE (text text)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
BEGIN ATOMIC
    SELECT filing.text
    FROM style_adapters AS adapter
    CROSS JOIN filings AS filing
    INNER JOIN matters AS matter ON filing.matter_id = matter.matter_id
    LEFT JOIN filing_descriptions AS kind
        ON filing.filing_id = kind.filing_id AND kind.field = 'kind'
    WHERE
        adapter.worker = style_background.by_worker  -- noqa: RF01
        AND adapter.leased_until > clock_timestamp()
        AND filing.matter_id IN (
            SELECT held.matter_id FROM style_sources AS held
            WHERE held.dataset_id = adapter.dataset_id
        )
        AND matter.teaches_style
        AND filing.replaced_by IS null
        AND (
            kind.value IS null
            OR kind.value IN ('answer', 'motion', 'brief', 'memorandum', 'letter')
        )
        AND length(filing.text) >= style_background.characters  -- noqa: RF01
        AND NOT EXISTS (
            SELECT FROM style_sources AS ours
            WHERE
                ours.dataset_id = adapter.dataset_id
                AND ours.filing_id = filing.filing_id
        )
    ORDER BY md5(filing.filing_id::text)
    LIMIT style_background.most;  -- noqa: RF01
END;

-- Which sources of what a worker has taken may a model outside the firm read?
CREATE FUNCTION style_outside(by_worker uuid) RETURNS TABLE (source text)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
BEGIN ATOMIC
    SELECT held.source
    FROM style_adapters AS adapter
    INNER JOIN style_sources AS held ON adapter.dataset_id = held.dataset_id
    LEFT JOIN matters AS matter ON held.matter_id = matter.matter_id
    WHERE
        adapter.worker = style_outside.by_worker  -- noqa: RF01
        AND adapter.leased_until > clock_timestamp()
        AND (held.matter_id IS null OR matter.external_models);
END;

-- Write down what a worker measured, with pairs of wordings to vote on; false where it is not this
-- worker's any more. A ballot on which nobody voted goes with the measuring that it came from.
CREATE FUNCTION keep_measurement(by_worker uuid, figures jsonb, pairs jsonb) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
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

-- Say under which name an adapter is served, or with none that it speaks in this process. What was
-- measured of it otherwise tells nothing any more, nor does what was voted on.
CREATE FUNCTION serve_style_adapter(adapter uuid, name text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
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
