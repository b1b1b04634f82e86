-- Keep what a step made of an upload.
INSERT INTO upload_steps (filing_id, step, matter_id, version, output)
VALUES (%(filing_id)s, %(step)s, %(matter_id)s, %(version)s, %(output)s)
ON CONFLICT (filing_id, step) DO UPDATE
    SET
        version = excluded.version,
        output = excluded.output
