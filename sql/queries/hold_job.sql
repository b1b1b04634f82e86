-- Is this work this worker's, and stays so to the transaction's end?
SELECT job_id
FROM jobs
WHERE job_id = %(job)s AND worker = %(worker)s
FOR SHARE
