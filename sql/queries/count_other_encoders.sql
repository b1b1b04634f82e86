-- How many filings that searches find, and cases, have vectors of another encoder than this one?
WITH others AS (
    SELECT count(*) AS filings
    FROM filings
    WHERE encoder <> %(encoder)s AND replaced_by IS null
)

SELECT
    others.filings,
    count(DISTINCT passages.case_id) AS cases
FROM others
LEFT JOIN encoders ON encoders.fingerprint <> %(encoder)s
LEFT JOIN passages ON encoders.encoder_id = passages.encoder_id
GROUP BY others.filings
