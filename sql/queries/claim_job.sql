-- Which work is next, of so many bytes at most? It is this worker's for the time of the lease.
SELECT
    job,
    filing,
    matter,
    person,
    attempt
FROM claim_job(%(worker)s, %(lease)s, %(most)s)
