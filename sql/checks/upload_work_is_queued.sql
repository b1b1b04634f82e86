-- Which uploads wait for work that nobody was asked for, or are done and still have such?
SELECT uploads.filing_id
FROM uploads
LEFT JOIN jobs ON uploads.filing_id = jobs.filing_id
WHERE (uploads.state IN ('waiting', 'working')) <> (jobs.job_id IS NOT null)
ORDER BY uploads.filing_id
