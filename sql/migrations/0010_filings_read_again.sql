-- A filing's file may be read again: by a later version of the pipeline, with another encoder, or
-- once its scans can be read. The new reading is an upload of its own until it is whole; the text
-- that was cited from the one before stays where it was.

ALTER TABLE uploads
-- The how manieth time these bytes are read; when they were handed in it is the first.
ADD COLUMN reading integer NOT NULL DEFAULT 1 CHECK (reading > 0),
DROP CONSTRAINT uploads_matter_id_sha256_key,
ADD UNIQUE (matter_id, sha256, reading);

ALTER TABLE filings
-- Version of the pipeline that read it.
ADD COLUMN pipeline integer NOT NULL DEFAULT 1,
-- Counted once: counting takes the whole text off the disk.
ADD COLUMN characters integer GENERATED ALWAYS AS (length(text)) STORED;

-- Under legal hold nothing is taken away; a reading that never stood on the shelf is nothing yet.
DROP POLICY hold ON uploads;
CREATE POLICY hold ON uploads AS RESTRICTIVE FOR DELETE
USING (
    matter_id <> all(array(
        SELECT matters.matter_id FROM matters
        WHERE matters.legal_hold
    ))
    OR (reading > 1 AND filing_id <> all(array(SELECT filings.filing_id FROM filings)))
);

-- As before, each file counted once however often it was read.
CREATE OR REPLACE FUNCTION measure_matter(of_matter uuid)
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
        WHERE uploads.matter_id = measure_matter.of_matter AND uploads.reading = 1  -- noqa: RF01
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
