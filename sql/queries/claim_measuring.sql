-- Which adapter is to be measured next? It is this worker's for the time of the lease.
SELECT
    adapter_id,
    base,
    served,
    recipe,
    attempts,
    asked_by
FROM claim_measuring(%(worker)s, %(lease)s)
