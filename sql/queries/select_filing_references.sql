-- Where do filings that stand cite one of these places, in full or by a short form, and what is
-- said around it? The latest filing first.
WITH places AS (
    SELECT
        volume,
        reporter,
        page
    FROM
        unnest(
            %(volumes)s::text[], %(reporters)s::text[], %(pages)s::text[]
        ) AS wanted (volume, reporter, page)
),

cited AS (
    SELECT
        filing_citations.filing_id,
        filing_citations.ordinal,
        filing_citations.volume,
        filing_citations.reporter,
        filing_citations.page,
        filing_citations.plaintiff,
        filing_citations.defendant
    FROM filing_citations
    INNER JOIN places
        ON
            filing_citations.reporter = places.reporter
            AND filing_citations.volume = places.volume
            AND filing_citations.page = places.page
    WHERE filing_citations.kind = 'full'
)

SELECT
    cited.filing_id,
    cited.volume,
    cited.reporter,
    cited.page,
    cited.plaintiff,
    cited.defendant,
    written.full_start,
    written.full_end,
    written.pincite,
    written.signal,
    written.parenthetical,
    greatest(0, written.full_start - %(around)s::integer) AS text_start,
    substring(
        filings.text
        FROM greatest(0, written.full_start - %(around)s::integer) + 1
        FOR written.full_end - greatest(0, written.full_start - %(around)s::integer)
        + %(around)s::integer
    ) AS text
FROM cited
INNER JOIN filing_citations AS written
    ON
        cited.filing_id = written.filing_id
        AND (cited.ordinal = written.ordinal OR cited.ordinal = written.antecedent)
INNER JOIN filings ON written.filing_id = filings.filing_id
WHERE filings.replaced_by IS null
ORDER BY filings.added_at DESC, cited.filing_id ASC, written.ordinal ASC, cited.ordinal ASC
LIMIT %(most)s
