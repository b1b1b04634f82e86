-- The chain of the trail at less cost: a search that shows filings writes many entries.

-- No search_path of its own: what it names was looked up when it was made, and so it is inlined.
CREATE OR REPLACE FUNCTION audit_hash(entry audit_entries, before bytea) RETURNS bytea
LANGUAGE sql IMMUTABLE
RETURN sha256(before || convert_to(
    jsonb_build_array(
        entry.seq, entry.entry_id, extract(EPOCH FROM entry.at), entry.person_id, entry.matter_id,
        entry.action, entry.subject, entry.detail, encode(entry.text_sha256, 'hex')
    )::text, 'UTF8'
));

CREATE OR REPLACE FUNCTION chain_entry() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
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
