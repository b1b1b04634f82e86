-- End a training, or give it back to be taken up again; nothing where it is another's by now.
UPDATE style_adapters
SET
    state = %(state)s,
    reason = %(reason)s,
    curve = coalesce(%(curve)s::jsonb, curve),
    versions = coalesce(%(versions)s::jsonb, versions),
    worker = null,
    leased_until = null,
    seconds_left = null,
    attempts = attempts - CASE WHEN %(counts)s THEN 0 ELSE 1 END,
    ended_at = CASE WHEN %(state)s <> 'waiting' THEN clock_timestamp() END
WHERE adapter_id = %(adapter_id)s AND worker = %(worker)s AND state = 'training'
