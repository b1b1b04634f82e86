-- Take a trained adapter to measure it, for the time of the lease.
UPDATE style_adapters
SET
    worker = %(worker)s,
    leased_until = clock_timestamp() + %(lease)s::interval
WHERE
    adapter_id = %(adapter_id)s
    AND state IN ('trained', 'evaluated', 'promoted', 'retired')
    AND (leased_until IS null OR leased_until < clock_timestamp())
