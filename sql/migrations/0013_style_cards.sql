-- Style cards: an author's habits, counted, and what was edited of them. One that was made of
-- filings is there for those alone who may read every matter of theirs, as long as each consents.

CREATE TABLE style_cards (
    card_id uuid PRIMARY KEY,
    name text NOT NULL CHECK (name <> ''),
    kind text NOT NULL CHECK (kind IN ('author', 'filings')),
    author text,
    filings uuid[] NOT NULL,
    matters uuid[] NOT NULL,
    -- What it was counted beside, in words.
    background text NOT NULL,
    -- JSON: what was counted; a recount replaces it and leaves the edits.
    counts text NOT NULL,
    edits text NOT NULL DEFAULT '[]',
    made_by uuid NOT NULL REFERENCES people,
    made_at timestamptz NOT NULL DEFAULT now(),
    CHECK ((kind = 'author') = (author IS NOT null)),
    CHECK ((kind = 'filings') = (matters <> '{}' AND filings <> '{}'))
);

ALTER TABLE style_cards ENABLE ROW LEVEL SECURITY;
ALTER TABLE style_cards FORCE ROW LEVEL SECURITY;

-- A matter without consent, or one that whoever asks may not read, hides the card.
CREATE POLICY see ON style_cards USING (
    (SELECT acts_as('lawyer') OR acts_as('paralegal') OR acts_as('admin'))
    AND matters <@ (SELECT readable_matters())::uuid[]
    AND NOT EXISTS (
        SELECT FROM matters AS taught
        WHERE taught.matter_id = any(style_cards.matters) AND NOT taught.teaches_style
    )
);
CREATE POLICY make ON style_cards AS RESTRICTIVE FOR INSERT
WITH CHECK (made_by = (SELECT acting_person()) AND (SELECT acts_as('admin')));
CREATE POLICY edit ON style_cards AS RESTRICTIVE FOR UPDATE
USING ((SELECT acts_as('admin')));
CREATE POLICY remove ON style_cards AS RESTRICTIVE FOR DELETE
USING ((SELECT acts_as('admin')));

-- What was counted in a matter goes with it, or with one of the filings.
CREATE POLICY functions_read ON style_cards FOR SELECT TO current_user USING (true);
CREATE POLICY functions_remove ON style_cards FOR DELETE TO current_user USING (true);
CREATE FUNCTION drop_style_cards() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
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
CREATE TRIGGER drop_style_cards AFTER DELETE ON matters
FOR EACH ROW EXECUTE FUNCTION drop_style_cards();
CREATE TRIGGER drop_style_cards AFTER DELETE ON filings
FOR EACH ROW EXECUTE FUNCTION drop_style_cards();
