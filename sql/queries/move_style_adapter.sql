-- Move an adapter on, from one of these states; nothing where it is in another.
UPDATE style_adapters
SET
    state = %(state)s,
    reason = %(reason)s,
    worker = CASE WHEN %(state)s = 'cancelled' THEN null ELSE worker END,
    leased_until = CASE WHEN %(state)s = 'cancelled' THEN null ELSE leased_until END,
    ended_at = coalesce(ended_at, clock_timestamp()),
    promoted_at
    = CASE WHEN %(state)s = 'promoted' THEN clock_timestamp() ELSE promoted_at END,
    promoted_by_entry = coalesce(%(entry_id)s::uuid, promoted_by_entry)
WHERE adapter_id = %(adapter_id)s AND state = any(%(from_states)s)
