-- May this be tried now? It counts as failed until it has not; no row where it has to wait.
INSERT INTO failures AS known (what, failures, free_at)
VALUES (%(what)s, 1, clock_timestamp())
ON CONFLICT (what) DO UPDATE
    SET
        failures = known.failures + 1,
        free_at = clock_timestamp() + CASE
            WHEN known.failures + 1 < %(free)s THEN interval '0'
            ELSE least(
                %(first)s::interval * power(2, least(known.failures + 1 - %(free)s, 20)),
                %(longest)s::interval
            )
        END,
        failed_at = clock_timestamp()
    WHERE known.free_at <= clock_timestamp()
RETURNING failures
