-- Give a measuring up, and say why.
UPDATE style_adapters
SET
    worker = null,
    leased_until = null,
    measure_since = null,
    measure_failed = %(failed)s
WHERE adapter_id = %(adapter_id)s AND worker = %(worker)s
