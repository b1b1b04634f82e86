-- The filings desk: what was handed in, the work still to be done on it, what was found out about
-- it, and where each letter stands on the page. A filing is handed in first (a row of `uploads`,
-- its bytes on disk), and stands on the shelf (`filings`, under the same id) once all is done.

CREATE TABLE uploads (
    filing_id uuid PRIMARY KEY,
    matter_id uuid NOT NULL REFERENCES matters ON DELETE CASCADE,
    -- As it was sent, made safe to be shown; never a path.
    name text NOT NULL,
    -- What its bytes are, whatever its name says: pdf, docx, eml …
    kind text NOT NULL,
    bytes bigint NOT NULL CHECK (bytes >= 0),
    sha256 bytea NOT NULL,
    -- The archive or message that it came in.
    part_of uuid,
    added_by uuid NOT NULL REFERENCES people,
    accepted_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    -- When it could first be found.
    answerable_at timestamptz,
    state text NOT NULL DEFAULT 'waiting' CHECK (state IN (
        'waiting', 'working', 'needs_password', 'needs_ocr', 'needs_converter', 'needs_release',
        'searchable', 'unpacked', 'refused', 'stopped', 'cancelled'
    )),
    -- What is being done, or was when it ended: parse, ocr, describe, check, encode, publish.
    step text,
    -- Of the step's parts (pages, passages), how many are done.
    done integer NOT NULL DEFAULT 0,
    total integer NOT NULL DEFAULT 0,
    -- Why it is where it is, in words for whoever handed it in.
    reason text,
    pages integer,
    -- The filing of the same words that was on the shelf before it.
    duplicate_of uuid,
    released_by uuid REFERENCES people,
    released_at timestamptz,
    UNIQUE (matter_id, filing_id),
    -- The same bytes are in a matter once; this says nothing of other matters.
    UNIQUE (matter_id, sha256),
    FOREIGN KEY (matter_id, part_of) REFERENCES uploads (matter_id, filing_id) ON DELETE CASCADE,
    FOREIGN KEY (matter_id, duplicate_of) REFERENCES filings (matter_id, filing_id)
    ON DELETE SET NULL (duplicate_of)
);
CREATE INDEX uploads_part_of ON uploads (part_of);
CREATE INDEX uploads_duplicate_of ON uploads (duplicate_of);

-- Work to be done on an upload, with the rights of whoever asked for it.
CREATE TABLE jobs (
    job_id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    matter_id uuid NOT NULL,
    filing_id uuid NOT NULL UNIQUE,
    person_id uuid NOT NULL REFERENCES people ON DELETE CASCADE,
    -- Bytes.
    weight bigint NOT NULL,
    queued_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    -- When it is due among its person's others: the small come before the big, as long as these
    -- have not waited too long.
    turn timestamptz NOT NULL,
    run_after timestamptz NOT NULL DEFAULT clock_timestamp(),
    attempts integer NOT NULL DEFAULT 0,
    -- Who has it, and until when unless they say that they are still there.
    worker uuid,
    leased_until timestamptz,
    FOREIGN KEY (matter_id, filing_id) REFERENCES uploads (matter_id, filing_id) ON DELETE CASCADE
);
CREATE INDEX jobs_person ON jobs (person_id, turn, job_id);
CREATE INDEX jobs_leased ON jobs (leased_until) WHERE leased_until IS NOT null;

-- What a step made, kept until the filing stands on the shelf: done once, however often begun.
CREATE TABLE upload_steps (
    filing_id uuid NOT NULL,
    step text NOT NULL,
    matter_id uuid NOT NULL,
    -- Version of the pipeline: another one does the step anew.
    version integer NOT NULL,
    output bytea NOT NULL,
    PRIMARY KEY (filing_id, step),
    FOREIGN KEY (matter_id, filing_id) REFERENCES uploads (matter_id, filing_id) ON DELETE CASCADE
);

-- What is known of a filing besides its text: one row for each thing that is.
CREATE TABLE filing_descriptions (
    filing_id uuid NOT NULL,
    -- kind, court, docket_number, caption, parties, judge, date_filed, signed_by
    field text NOT NULL,
    matter_id uuid NOT NULL,
    value text NOT NULL,
    -- From 0 to 1; 1 where a person said so.
    confidence real NOT NULL CHECK (confidence BETWEEN 0 AND 1),
    confirmed_by uuid REFERENCES people,
    confirmed_at timestamptz,
    PRIMARY KEY (filing_id, field),
    FOREIGN KEY (matter_id, filing_id) REFERENCES uploads (matter_id, filing_id) ON DELETE CASCADE
);

-- What somebody should see before a filing is used: a redaction that hides nothing, a privilege
-- word, a number that names a person, text that nobody can see.
CREATE TABLE filing_findings (
    filing_id uuid NOT NULL,
    ordinal integer NOT NULL,
    matter_id uuid NOT NULL,
    kind text NOT NULL,
    page integer,
    start_offset integer NOT NULL,
    end_offset integer NOT NULL,
    words text NOT NULL,
    PRIMARY KEY (filing_id, ordinal),
    FOREIGN KEY (matter_id, filing_id) REFERENCES uploads (matter_id, filing_id) ON DELETE CASCADE
);

-- The pages of a filing that has such: which part of the text stands on each, and where.
CREATE TABLE filing_pages (
    filing_id uuid NOT NULL,
    number integer NOT NULL CHECK (number > 0),
    matter_id uuid NOT NULL,
    -- As it is printed; null where it is not.
    label text,
    start_offset integer NOT NULL,
    end_offset integer NOT NULL,
    -- Its footnotes, which stand behind the body of all pages.
    notes_start integer NOT NULL,
    notes_end integer NOT NULL,
    -- Points, as the page is shown.
    width real NOT NULL,
    height real NOT NULL,
    state text NOT NULL CHECK (state IN ('text', 'ocr', 'needs_ocr', 'empty')),
    -- How sure its reading is, 0 to 1; null where nothing had to be guessed.
    confidence real,
    -- For each letter of the body, then of the notes: left, top, right, bottom as parts of 65,535
    -- of the page's width and height, little-endian uint16, zlib.
    boxes bytea NOT NULL,
    PRIMARY KEY (filing_id, number),
    FOREIGN KEY (matter_id, filing_id) REFERENCES uploads (matter_id, filing_id) ON DELETE CASCADE
);

-- Running heads, line numbers, stamps: what stands on a page and is no part of its text.
CREATE TABLE filing_labels (
    filing_id uuid NOT NULL,
    ordinal integer NOT NULL,
    matter_id uuid NOT NULL,
    kind text NOT NULL,
    page integer,
    -- Where in the text it stood.
    at_offset integer NOT NULL,
    words text NOT NULL,
    PRIMARY KEY (filing_id, ordinal),
    FOREIGN KEY (matter_id, filing_id) REFERENCES uploads (matter_id, filing_id) ON DELETE CASCADE
);

ALTER TABLE filings
-- The version that took its place: it stays to be read where it was cited, and leaves search.
ADD COLUMN replaced_by uuid,
-- Where the footnotes begin, which stand behind the body.
ADD COLUMN footnotes_start integer,
-- MinHash of its words, 64 little-endian uint32: near duplicates have many of these alike.
ADD COLUMN signature bytea,
ADD FOREIGN KEY (matter_id, replaced_by) REFERENCES filings (matter_id, filing_id);
CREATE INDEX filings_replaced_by ON filings (replaced_by);

-- May its filings be searched before somebody looked at what was found in them?
ALTER TABLE matters ADD COLUMN asks_release boolean NOT NULL DEFAULT false;

-- Who set the legal hold: whoever is refused is told whom to ask.
ALTER TABLE matters ADD COLUMN held_by uuid REFERENCES people;

ALTER TABLE uploads ENABLE ROW LEVEL SECURITY;
ALTER TABLE uploads FORCE ROW LEVEL SECURITY;
ALTER TABLE jobs ENABLE ROW LEVEL SECURITY;
ALTER TABLE jobs FORCE ROW LEVEL SECURITY;
ALTER TABLE upload_steps ENABLE ROW LEVEL SECURITY;
ALTER TABLE upload_steps FORCE ROW LEVEL SECURITY;
ALTER TABLE filing_descriptions ENABLE ROW LEVEL SECURITY;
ALTER TABLE filing_descriptions FORCE ROW LEVEL SECURITY;
ALTER TABLE filing_findings ENABLE ROW LEVEL SECURITY;
ALTER TABLE filing_findings FORCE ROW LEVEL SECURITY;
ALTER TABLE filing_pages ENABLE ROW LEVEL SECURITY;
ALTER TABLE filing_pages FORCE ROW LEVEL SECURITY;
ALTER TABLE filing_labels ENABLE ROW LEVEL SECURITY;
ALTER TABLE filing_labels FORCE ROW LEVEL SECURITY;

CREATE POLICY team ON uploads
USING (matter_id = any((SELECT readable_matters())::uuid[]));
CREATE POLICY team ON jobs
USING (matter_id = any((SELECT readable_matters())::uuid[]))
WITH CHECK (
    matter_id = any((SELECT readable_matters())::uuid[])
    AND person_id = (SELECT acting_person())
);
CREATE POLICY team ON upload_steps
USING (matter_id = any((SELECT readable_matters())::uuid[]));
CREATE POLICY team ON filing_descriptions
USING (matter_id = any((SELECT readable_matters())::uuid[]));
CREATE POLICY team ON filing_findings
USING (matter_id = any((SELECT readable_matters())::uuid[]));
CREATE POLICY team ON filing_pages
USING (matter_id = any((SELECT readable_matters())::uuid[]));
CREATE POLICY team ON filing_labels
USING (matter_id = any((SELECT readable_matters())::uuid[]));

-- Nothing is handed in to a closed matter, nor in another's name; nothing of one under legal hold
-- is taken away.
CREATE POLICY open ON uploads AS RESTRICTIVE FOR INSERT WITH CHECK (
    added_by = (SELECT acting_person())
    AND matter_id = any(array(
        SELECT matters.matter_id FROM matters
        WHERE matters.state = 'open'
    ))
);
CREATE POLICY hold ON uploads AS RESTRICTIVE FOR DELETE
USING (matter_id <> all(array(
    SELECT matters.matter_id FROM matters
    WHERE matters.legal_hold
)));

-- Any of the team may say that a filing is a new version of another's; what else stands in the row
-- the role may not change.
CREATE POLICY version ON filings FOR UPDATE
USING (matter_id = any((SELECT readable_matters())::uuid[]));

-- Whoever owns the tables looks over what is kept, and counts what a removed matter had.
CREATE POLICY functions_read ON filings FOR SELECT TO current_user USING (true);
CREATE POLICY functions_read ON filing_passages FOR SELECT TO current_user USING (true);
CREATE POLICY functions_read ON filing_postings FOR SELECT TO current_user USING (true);
CREATE POLICY functions_read ON filing_citations FOR SELECT TO current_user USING (true);
CREATE POLICY functions_read ON upload_steps FOR SELECT TO current_user USING (true);
CREATE POLICY functions_read ON filing_descriptions FOR SELECT TO current_user USING (true);
CREATE POLICY functions_read ON filing_findings FOR SELECT TO current_user USING (true);
CREATE POLICY functions_read ON filing_pages FOR SELECT TO current_user USING (true);
CREATE POLICY functions_read ON filing_labels FOR SELECT TO current_user USING (true);

-- How much is in a matter that the acting person may read or arrange? For the receipt, when it is
-- removed by somebody who may not read it.
CREATE FUNCTION measure_matter(of_matter uuid)
RETURNS TABLE (filings bigint, passages bigint, files bigint, bytes bigint)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
BEGIN ATOMIC
    WITH shelf AS (
        SELECT
            count(*) AS filings,
            coalesce(sum(shelved.passages), 0)::bigint AS passages
        FROM filings AS shelved
        WHERE shelved.matter_id = measure_matter.of_matter  -- noqa: RF01
    ),

    kept AS (
        SELECT
            count(*) AS files,
            coalesce(sum(uploads.bytes), 0)::bigint AS bytes
        FROM uploads
        WHERE uploads.matter_id = measure_matter.of_matter  -- noqa: RF01
    )

    SELECT
        shelf.filings,
        shelf.passages,
        kept.files,
        kept.bytes
    FROM shelf
    CROSS JOIN kept
    WHERE measure_matter.of_matter = any(readable_matters() || arranged_matters());  -- noqa: RF01
END;

-- A worker takes work of any matter and knows of it these few things; all else it does as the
-- person who asked for it, who may read the matter then or may not.
CREATE POLICY functions_work ON jobs TO current_user USING (true) WITH CHECK (true);
CREATE POLICY functions_read ON uploads FOR SELECT TO current_user USING (true);
CREATE POLICY functions_work ON uploads FOR UPDATE TO current_user
USING (true) WITH CHECK (true);

-- Take the next piece of work, of those of `most` bytes at most: each person's turn comes by how
-- little of theirs is being worked on, and of theirs first what is small or has waited long. A time
-- far ahead is of a clock that was set back since: it is taken for one that has come.
CREATE FUNCTION claim_job(by_worker uuid, lease interval, most bigint)
RETURNS TABLE (job uuid, filing uuid, matter uuid, person uuid, attempt integer)
LANGUAGE sql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
BEGIN ATOMIC
    UPDATE jobs
    SET
        worker = claim_job.by_worker,  -- noqa: RF01
        leased_until = clock_timestamp() + claim_job.lease,  -- noqa: RF01
        attempts = jobs.attempts + 1
    FROM (
        WITH theirs AS (
            SELECT
                busy.person_id,
                count(*) AS running
            FROM jobs AS busy
            WHERE busy.leased_until > clock_timestamp()
            GROUP BY busy.person_id
        )

        SELECT due.job_id
        FROM people
        CROSS JOIN
            LATERAL (
                SELECT
                    waiting.job_id,
                    waiting.turn
                FROM jobs AS waiting
                WHERE
                    waiting.person_id = people.person_id
                    AND waiting.weight <= claim_job.most  -- noqa: RF01
                    AND waiting.run_after NOT BETWEEN
                    clock_timestamp() AND clock_timestamp() + interval '30 minutes'
                    AND (
                        waiting.leased_until IS null
                        OR waiting.leased_until NOT BETWEEN
                        clock_timestamp() AND clock_timestamp() + interval '30 minutes'
                    )
                ORDER BY waiting.turn, waiting.job_id
                LIMIT 1
                FOR UPDATE SKIP LOCKED
            ) AS due
        LEFT JOIN theirs ON people.person_id = theirs.person_id
        ORDER BY coalesce(theirs.running, 0), due.turn, due.job_id
        LIMIT 1
    ) AS next
    WHERE jobs.job_id = next.job_id
    RETURNING jobs.job_id, jobs.filing_id, jobs.matter_id, jobs.person_id, jobs.attempts;
END;

-- Say that a worker is still at it. False where the work was taken from it, or cancelled.
CREATE FUNCTION keep_job(job uuid, by_worker uuid, lease interval) RETURNS boolean
LANGUAGE sql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
BEGIN ATOMIC
    WITH kept AS (
        UPDATE jobs
        SET leased_until = clock_timestamp() + keep_job.lease  -- noqa: RF01
        WHERE jobs.job_id = keep_job.job AND jobs.worker = keep_job.by_worker  -- noqa: RF01
        RETURNING jobs.job_id
    )

    SELECT exists(SELECT FROM kept);
END;

-- Give work back, to be taken up again after a while; whether what was done counts as an attempt.
CREATE FUNCTION free_job(
    job uuid, by_worker uuid, delay interval, because text, counts boolean
) RETURNS boolean
LANGUAGE sql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
BEGIN ATOMIC
    WITH freed AS (
        UPDATE jobs
        SET
            worker = null,
            leased_until = null,
            run_after = clock_timestamp() + free_job.delay,  -- noqa: RF01
            attempts = jobs.attempts - (NOT free_job.counts)::integer  -- noqa: RF01
        WHERE jobs.job_id = free_job.job AND jobs.worker = free_job.by_worker  -- noqa: RF01
        RETURNING jobs.filing_id
    ),

    told AS (
        UPDATE uploads
        SET state = 'waiting', reason = free_job.because  -- noqa: RF01
        FROM freed
        WHERE uploads.filing_id = freed.filing_id
        RETURNING uploads.filing_id
    )

    SELECT exists(SELECT FROM told);
END;

-- End work that leads to nothing more by itself, and say where that leaves the upload.
CREATE FUNCTION end_job(job uuid, by_worker uuid, left_as text, because text) RETURNS boolean
LANGUAGE sql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
BEGIN ATOMIC
    WITH ended AS (
        DELETE FROM jobs
        WHERE jobs.job_id = end_job.job AND jobs.worker = end_job.by_worker  -- noqa: RF01
        RETURNING jobs.filing_id
    ),

    told AS (
        UPDATE uploads
        SET state = end_job.left_as, reason = end_job.because  -- noqa: RF01
        FROM ended
        WHERE uploads.filing_id = ended.filing_id
        RETURNING uploads.filing_id
    )

    SELECT exists(SELECT FROM told);
END;

-- Is this file some upload's? A file that is nobody's is swept away.
CREATE FUNCTION file_is_kept(matter uuid, hash bytea) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
BEGIN ATOMIC
    SELECT exists(
        SELECT FROM uploads
        WHERE
            uploads.matter_id = file_is_kept.matter  -- noqa: RF01
            AND uploads.sha256 = file_is_kept.hash  -- noqa: RF01
    );
END;
