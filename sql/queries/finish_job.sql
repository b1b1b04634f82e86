-- Is this work still this worker's? Then it is done.
DELETE FROM jobs
WHERE job_id = %(job)s AND worker = %(worker)s
