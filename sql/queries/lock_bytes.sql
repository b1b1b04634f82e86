-- Wait until nobody else takes in or removes these bytes of this matter, to the transaction's end.
SELECT pg_advisory_xact_lock(hashtextextended(%(matter_id)s::text || encode(%(sha256)s, 'hex'), 6))
