-- Which runs of the bench has whoever asks made, the latest first?
SELECT
    bench_runs.bench_id,
    bench_runs.asked_at,
    people.name AS asked_by,
    bench_runs.question,
    bench_runs.library_revision,
    bench_runs.arms
FROM bench_runs
INNER JOIN people ON bench_runs.person_id = people.person_id
WHERE %(bench_id)s::uuid IS null OR bench_runs.bench_id = %(bench_id)s
ORDER BY bench_runs.asked_at DESC, bench_runs.bench_id ASC
LIMIT %(most)s
