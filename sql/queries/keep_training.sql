-- Is this training still this worker's? Then it is so for another lease, and is so far.
UPDATE style_adapters
SET
    leased_until = clock_timestamp() + %(lease)s::interval,
    step = %(step)s,
    steps = %(steps)s,
    seconds_left = %(seconds_left)s
WHERE adapter_id = %(adapter_id)s AND worker = %(worker)s AND state = 'training'
