-- Let go of an adapter that was measured.
UPDATE style_adapters
SET worker = null, leased_until = null
WHERE adapter_id = %(adapter_id)s AND worker = %(worker)s
