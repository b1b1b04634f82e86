-- Say that an upload can be found from now on, by its own filing or by one of the same words.
UPDATE uploads
SET
    state = 'searchable',
    step = 'publish',
    done = total,
    reason = %(reason)s,
    duplicate_of = %(duplicate_of)s,
    answerable_at = coalesce(answerable_at, clock_timestamp())
WHERE filing_id = %(filing_id)s
