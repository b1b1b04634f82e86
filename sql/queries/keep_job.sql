-- Is this work still this worker's? Then it is so for another lease.
SELECT keep_job(%(job)s, %(worker)s, %(lease)s)
