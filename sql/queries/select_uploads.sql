-- What was handed in, and how far is it? Some by id; or the latest first, all that may be seen or a
-- matter's, in some states, with a part of the name. A reading that a later one of the same file
-- took the place of is told only where it is named.
WITH chosen AS (
    SELECT uploads.*
    FROM uploads
    WHERE
        (%(matter_id)s::uuid IS null OR uploads.matter_id = %(matter_id)s)
        AND (%(states)s::text[] IS null OR uploads.state = any(%(states)s::text[]))
        AND (%(named)s::text = '' OR strpos(lower(uploads.name), lower(%(named)s::text)) > 0)
        AND (
            uploads.filing_id = any(%(filing_ids)s::uuid[])
            OR (
                %(filing_ids)s::uuid[] IS null
                AND NOT EXISTS (
                    SELECT FROM filings
                    INNER JOIN uploads AS later ON filings.replaced_by = later.filing_id
                    WHERE
                        filings.filing_id = uploads.filing_id
                        AND uploads.matter_id = later.matter_id
                        AND uploads.sha256 = later.sha256
                )
            )
        )
    ORDER BY uploads.accepted_at DESC, uploads.name ASC, uploads.filing_id ASC
    LIMIT %(most)s::bigint OFFSET %(beyond)s::bigint
),

-- Made once, not once for each that is told.
waiting AS MATERIALIZED (
    SELECT
        filing_id,
        -- Seconds: what comes before it and itself, as a file and as bytes of one.
        sum(1.0 + weight / 400000.0) OVER (ORDER BY turn, job_id) AS seconds_left
    FROM jobs
    -- Where nothing of it is told, nothing is counted.
    WHERE EXISTS (
        SELECT FROM chosen
        WHERE chosen.state IN ('waiting', 'working')
    )
)

SELECT
    chosen.filing_id,
    chosen.matter_id,
    chosen.name,
    chosen.kind,
    chosen.bytes,
    chosen.state,
    chosen.step,
    chosen.done,
    chosen.total,
    chosen.reason,
    chosen.part_of,
    whole.name AS came_in,
    chosen.pages,
    filings.passages,
    chosen.duplicate_of,
    people.name AS added_by,
    chosen.accepted_at,
    chosen.answerable_at,
    waiting.seconds_left::double precision AS seconds_left,
    chosen.reading,
    newer.filing_id AS newer,
    filings.replaced_by IS NOT null AS replaced,
    (
        SELECT count(*)
        FROM filing_pages
        WHERE filing_pages.filing_id = chosen.filing_id AND filing_pages.state = 'needs_ocr'
    ) AS unread
FROM chosen
-- Whoever handed it in: who has it read again is another, perhaps.
INNER JOIN uploads AS first
    ON
        chosen.matter_id = first.matter_id
        AND chosen.sha256 = first.sha256
        AND first.reading = 1
INNER JOIN people ON first.added_by = people.person_id
LEFT JOIN uploads AS whole ON chosen.part_of = whole.filing_id
LEFT JOIN filings ON chosen.filing_id = filings.filing_id
LEFT JOIN uploads AS newer
    ON
        chosen.matter_id = newer.matter_id
        AND chosen.sha256 = newer.sha256
        AND chosen.reading + 1 = newer.reading
LEFT JOIN waiting ON chosen.filing_id = waiting.filing_id
ORDER BY chosen.accepted_at DESC, chosen.name ASC, chosen.filing_id ASC
