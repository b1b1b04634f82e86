-- Was all that was found in this reading found in the same places of an earlier one, which somebody
-- looked at and released?
SELECT NOT EXISTS (
    SELECT
        filing_findings.kind,
        filing_findings.page,
        filing_findings.words
    FROM filing_findings
    WHERE filing_findings.filing_id = %(filing_id)s
    EXCEPT ALL
    SELECT
        filing_findings.kind,
        filing_findings.page,
        filing_findings.words
    FROM uploads
    INNER JOIN uploads AS former
        ON
            uploads.matter_id = former.matter_id
            AND uploads.sha256 = former.sha256
            AND uploads.reading > former.reading
    INNER JOIN filing_findings ON former.filing_id = filing_findings.filing_id
    WHERE uploads.filing_id = %(filing_id)s AND former.released_at IS NOT null
)
