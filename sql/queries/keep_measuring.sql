-- Is this measuring still this worker's? Then it is so for another lease.
UPDATE style_adapters
SET leased_until = clock_timestamp() + %(lease)s::interval
WHERE
    adapter_id = %(adapter_id)s
    AND worker = %(worker)s
    AND measure_since IS NOT null
    AND state <> 'withdrawn'
