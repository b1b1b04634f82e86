-- What lawyers said in blind ballots, told as tallies and never by person: for how often an adapter
-- was preferred, and for the pairs that a model may learn from. Ballots go with what taught the
-- adapter: its wordings may repeat what it saw.

-- How did each voter vote on an adapter, unnamed and in no order that could tell who is who?
DROP FUNCTION count_style_votes(uuid);
CREATE FUNCTION count_style_votes(adapter uuid)
RETURNS TABLE (for_adapter bigint, votes bigint, own boolean)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
BEGIN ATOMIC
    SELECT
        count(*) FILTER (WHERE vote.for_adapter) AS for_adapter,
        count(*) AS votes,
        vote.person_id = acting_person() AS own
    FROM style_votes AS vote
    INNER JOIN style_ballots AS ballot ON vote.ballot_id = ballot.ballot_id
    WHERE ballot.adapter_id = count_style_votes.adapter  -- noqa: RF01
    GROUP BY vote.person_id
    ORDER BY for_adapter, votes, own;
END;

-- What was voted on of a dataset's adapters, and how: for whoever may read all that taught them.
CREATE FUNCTION style_preferences(dataset uuid)
RETURNS TABLE (
    plain text, by_adapter text, by_other text, for_adapter bigint, for_other bigint
)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
BEGIN ATOMIC
    SELECT
        ballot.plain,
        ballot.by_adapter,
        ballot.by_other,
        count(*) FILTER (WHERE vote.for_adapter),
        count(*) FILTER (WHERE NOT vote.for_adapter)
    FROM style_adapters AS adapter
    INNER JOIN style_ballots AS ballot ON adapter.adapter_id = ballot.adapter_id
    INNER JOIN style_votes AS vote ON ballot.ballot_id = vote.ballot_id
    WHERE
        adapter.dataset_id = style_preferences.dataset  -- noqa: RF01
        AND NOT EXISTS (
            SELECT FROM style_sources AS held
            WHERE
                held.dataset_id = adapter.dataset_id
                AND held.matter_id IS NOT null
                AND NOT held.matter_id = any((SELECT readable_matters())::uuid[])
        )
    GROUP BY ballot.ballot_id
    ORDER BY ballot.made_at, ballot.ballot_id;
END;

-- Of an adapter that saw what may teach no more, no wording is voted on, whatever it was made of.
CREATE FUNCTION withdraw_ballots() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
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
CREATE TRIGGER withdraw_ballots AFTER UPDATE OF withdrawn_at ON style_sources
FOR EACH ROW WHEN (old.withdrawn_at IS null AND new.withdrawn_at IS NOT null)
EXECUTE FUNCTION withdraw_ballots();
DELETE FROM style_ballots
USING style_adapters, style_sources
WHERE
    style_ballots.adapter_id = style_adapters.adapter_id
    AND style_adapters.dataset_id = style_sources.dataset_id
    AND style_sources.withdrawn_at IS NOT null;
