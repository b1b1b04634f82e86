-- What was handed in, and how far is it? All that may be seen, a matter's, or some; latest first.
-- A reading that a later one of the same file took the place of is told only where it is named.
WITH waiting AS (
    SELECT
        filing_id,
        -- Seconds: what comes before it and itself, as a file and as bytes of one.
        sum(1.0 + weight / 400000.0) OVER (ORDER BY turn, job_id) AS seconds_left
    FROM jobs
)

SELECT
    uploads.filing_id,
    uploads.matter_id,
    uploads.name,
    uploads.kind,
    uploads.bytes,
    uploads.state,
    uploads.step,
    uploads.done,
    uploads.total,
    uploads.reason,
    uploads.part_of,
    uploads.pages,
    filings.passages,
    uploads.duplicate_of,
    people.name AS added_by,
    uploads.accepted_at,
    uploads.answerable_at,
    waiting.seconds_left::double precision AS seconds_left,
    uploads.reading,
    newer.filing_id AS newer,
    (
        SELECT count(*)
        FROM filing_pages
        WHERE filing_pages.filing_id = uploads.filing_id AND filing_pages.state = 'needs_ocr'
    ) AS unread
FROM uploads
-- Whoever handed it in: who has it read again is another, perhaps.
INNER JOIN uploads AS first
    ON
        uploads.matter_id = first.matter_id
        AND uploads.sha256 = first.sha256
        AND first.reading = 1
INNER JOIN people ON first.added_by = people.person_id
LEFT JOIN filings ON uploads.filing_id = filings.filing_id
LEFT JOIN uploads AS later
    ON
        filings.replaced_by = later.filing_id
        AND uploads.matter_id = later.matter_id
        AND uploads.sha256 = later.sha256
LEFT JOIN uploads AS newer
    ON
        uploads.matter_id = newer.matter_id
        AND uploads.sha256 = newer.sha256
        AND uploads.reading + 1 = newer.reading
LEFT JOIN waiting ON uploads.filing_id = waiting.filing_id
WHERE
    (%(matter_id)s::uuid IS null OR uploads.matter_id = %(matter_id)s)
    AND (
        uploads.filing_id = any(%(filing_ids)s::uuid[])
        OR (%(filing_ids)s::uuid[] IS null AND later.filing_id IS null)
    )
ORDER BY uploads.accepted_at DESC, uploads.name ASC, uploads.filing_id ASC
