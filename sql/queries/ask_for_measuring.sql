-- Have an adapter measured that is trained; it waits once, however often it is asked for.
UPDATE style_adapters
SET
    measure_since = coalesce(measure_since, clock_timestamp()),
    measure_for = acting_person(),
    measure_attempts = CASE WHEN measure_since IS null THEN 0 ELSE measure_attempts END,
    measure_failed = null
WHERE
    adapter_id = %(adapter_id)s
    AND state IN ('trained', 'evaluated', 'promoted', 'retired')
