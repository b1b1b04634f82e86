-- People, and the matters they work on. Whoever acts is named in the transaction:
--     SELECT set_config('onpoint.person', <person_id>, true)
-- and every table with a matter_id answers only for the matters that this person may read.
-- Nobody named: no rows. The application's role owns nothing, so that no policy is passed by.

CREATE TABLE people (
    person_id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    -- What is typed at sign-in: an e-mail address, or 'owner' on a laptop.
    login text NOT NULL,
    name text NOT NULL,
    roles text[] NOT NULL DEFAULT '{}'
    CHECK (roles <@ '{lawyer,paralegal,admin}'::text[]),
    -- One person at most: who set the installation up.
    is_owner boolean NOT NULL DEFAULT false,
    disabled_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX people_login ON people (lower(login));
CREATE UNIQUE INDEX people_owner ON people (is_owner) WHERE is_owner;

CREATE TABLE matters (
    matter_id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    -- The firm's client-matter number. Not unique: a refusal would tell of a hidden matter.
    number text NOT NULL,
    name text NOT NULL,
    state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'closed')),
    -- May an external model be sent its text? May the style model learn from it?
    external_models boolean NOT NULL DEFAULT false,
    teaches_style boolean NOT NULL DEFAULT false,
    legal_hold boolean NOT NULL DEFAULT false,
    opened_by uuid NOT NULL REFERENCES people,
    opened_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX matters_opened_by ON matters (opened_by);

CREATE TABLE team_members (
    matter_id uuid NOT NULL REFERENCES matters ON DELETE CASCADE,
    person_id uuid NOT NULL REFERENCES people ON DELETE CASCADE,
    added_by uuid NOT NULL REFERENCES people,
    added_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (matter_id, person_id)
);
CREATE INDEX team_members_person ON team_members (person_id);

-- A wall keeps a person out of a matter whatever else is true.
CREATE TABLE walls (
    matter_id uuid NOT NULL REFERENCES matters ON DELETE CASCADE,
    person_id uuid NOT NULL REFERENCES people ON DELETE CASCADE,
    reason text NOT NULL,
    raised_by uuid NOT NULL REFERENCES people,
    raised_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (matter_id, person_id)
);
CREATE INDEX walls_person ON walls (person_id);

-- Who acts in this transaction; null where nobody was named.
CREATE FUNCTION acting_person() RETURNS uuid
LANGUAGE sql STABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
RETURN nullif(current_setting('onpoint.person', true), '')::uuid;

-- Has the acting person this role, and may still act at all?
CREATE FUNCTION acts_as(role text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
BEGIN ATOMIC
    SELECT exists(
        SELECT FROM people
        WHERE
            people.person_id = acting_person()
            AND people.disabled_at IS null
            AND acts_as.role = any(people.roles)  -- noqa: RF01
    );
END;

-- Matters whose contents the acting person may read: on the team, with a role, and not walled.
CREATE FUNCTION readable_matters() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
BEGIN ATOMIC
    SELECT coalesce(array_agg(member.matter_id), '{}')
    FROM team_members AS member
    INNER JOIN people ON member.person_id = people.person_id
    WHERE
        member.person_id = acting_person()
        AND people.disabled_at IS null
        AND people.roles && '{lawyer,paralegal}'::text[]
        AND NOT EXISTS (
            SELECT FROM walls
            WHERE walls.matter_id = member.matter_id AND walls.person_id = member.person_id
        );
END;

-- Matters the acting person may see and arrange: an admin all, a lawyer those of his teams and
-- those he opened that have no team yet; never one that he is walled off from.
CREATE FUNCTION arranged_matters() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
BEGIN ATOMIC
    SELECT coalesce(array_agg(matters.matter_id), '{}')
    FROM matters
    WHERE
        NOT EXISTS (
            SELECT FROM walls
            WHERE walls.matter_id = matters.matter_id AND walls.person_id = acting_person()
        )
        AND (
            acts_as('admin')
            OR (
                acts_as('lawyer')
                AND (
                    EXISTS (
                        SELECT FROM team_members
                        WHERE
                            team_members.matter_id = matters.matter_id
                            AND team_members.person_id = acting_person()
                    )
                    OR (
                        matters.opened_by = acting_person()
                        AND NOT EXISTS (
                            SELECT FROM team_members
                            WHERE team_members.matter_id = matters.matter_id
                        )
                    )
                )
            )
        );
END;

ALTER TABLE matters ENABLE ROW LEVEL SECURITY;
ALTER TABLE matters FORCE ROW LEVEL SECURITY;
ALTER TABLE team_members ENABLE ROW LEVEL SECURITY;
ALTER TABLE team_members FORCE ROW LEVEL SECURITY;
ALTER TABLE walls ENABLE ROW LEVEL SECURITY;
ALTER TABLE walls FORCE ROW LEVEL SECURITY;

-- The functions above run as the owner of the tables and look at all of these three.
CREATE POLICY functions_read ON matters FOR SELECT TO current_user USING (true);
CREATE POLICY functions_read ON team_members FOR SELECT TO current_user USING (true);
CREATE POLICY functions_read ON walls FOR SELECT TO current_user USING (true);

-- The sub-selects make Postgres ask each function once a query, not once a row.
CREATE POLICY see ON matters FOR SELECT USING (
    matter_id = any((SELECT readable_matters())::uuid[])
    OR matter_id = any((SELECT arranged_matters())::uuid[])
);
CREATE POLICY open ON matters FOR INSERT WITH CHECK (
    opened_by = (SELECT acting_person())
    AND ((SELECT acts_as('lawyer')) OR (SELECT acts_as('admin')))
);
CREATE POLICY arrange ON matters FOR UPDATE
USING (matter_id = any((SELECT arranged_matters())::uuid[]));
CREATE POLICY remove ON matters FOR DELETE
USING (matter_id = any((SELECT arranged_matters())::uuid[]) AND NOT legal_hold);

CREATE POLICY see ON team_members FOR SELECT USING (
    matter_id = any((SELECT readable_matters())::uuid[])
    OR matter_id = any((SELECT arranged_matters())::uuid[])
);
CREATE POLICY arrange ON team_members FOR INSERT
WITH CHECK (
    added_by = (SELECT acting_person())
    AND matter_id = any((SELECT arranged_matters())::uuid[])
);
CREATE POLICY remove ON team_members FOR DELETE
USING (matter_id = any((SELECT arranged_matters())::uuid[]));

CREATE POLICY see ON walls FOR SELECT
USING (matter_id = any((SELECT arranged_matters())::uuid[]));
CREATE POLICY raise ON walls FOR INSERT WITH CHECK (
    raised_by = (SELECT acting_person())
    AND matter_id = any((SELECT arranged_matters())::uuid[])
);
CREATE POLICY lower ON walls FOR DELETE
USING (matter_id = any((SELECT arranged_matters())::uuid[]));

-- What only the owner of the tables may do, and an import needs: the index of one encoder's
-- vectors, and fresh statistics. All of it concerns the public shelf alone.
CREATE FUNCTION build_vector_index(encoder integer, dimensions integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    EXECUTE format(
        'CREATE INDEX IF NOT EXISTS %I ON public.passages'
        ' USING hnsw ((embedding::halfvec(%s)) halfvec_cosine_ops) WHERE encoder_id = %s',
        'passages_embedding_' || encoder, dimensions, encoder
    );
END
$$;

CREATE FUNCTION drop_vector_index(encoder integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    EXECUTE format('DROP INDEX IF EXISTS public.%I', 'passages_embedding_' || encoder);
END
$$;

CREATE FUNCTION measure_public_shelf() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    ANALYZE public.courts, public.cases, public.case_citations, public.opinions, public.pages,
        public.passages, public.segments, public.postings, public.citations;
END
$$;
