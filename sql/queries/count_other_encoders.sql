-- How many filings and cases have vectors of another encoder than this one?
WITH others AS (
    SELECT count(*) AS filings
    FROM filings
    WHERE encoder <> %(encoder)s
)

SELECT
    others.filings,
    count(DISTINCT passages.case_id) AS cases
FROM others
LEFT JOIN encoders ON encoders.fingerprint <> %(encoder)s
LEFT JOIN passages ON encoders.encoder_id = passages.encoder_id
GROUP BY others.filings
