-- Ask for an upload to be worked on; nothing where that is asked for already.
INSERT INTO jobs (matter_id, filing_id, person_id, weight, turn, worker, leased_until)
VALUES (
    %(matter_id)s,
    %(filing_id)s,
    %(person_id)s,
    %(weight)s,
    -- A second later for each thousand bytes, up to a quarter of an hour: so long may what is
    -- smaller go before what came first.
    clock_timestamp() + least(%(weight)s / 1000, 900) * interval '1 second',
    %(worker)s,
    clock_timestamp() + %(lease)s::interval
)
ON CONFLICT (filing_id) DO NOTHING
RETURNING job_id
