-- Which training is next? It is this worker's for the time of the lease.
SELECT
    adapter_id,
    voice_id,
    dataset_id,
    base,
    recipe,
    attempts
FROM claim_training(%(worker)s, %(lease)s)
