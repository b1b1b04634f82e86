-- Which reading of this upload's file is the latest, finished or not?
SELECT latest.filing_id
FROM uploads
INNER JOIN uploads AS latest
    ON uploads.matter_id = latest.matter_id AND uploads.sha256 = latest.sha256
WHERE uploads.filing_id = %(filing_id)s
ORDER BY latest.reading DESC
LIMIT 1
