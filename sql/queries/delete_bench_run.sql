-- Forget a run of the bench.
DELETE FROM bench_runs
WHERE bench_id = %(bench_id)s
