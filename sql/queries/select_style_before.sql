-- Which adapter spoke for a voice before the one that does now, and may again?
SELECT adapter_id
FROM style_adapters
WHERE voice_id = %(voice_id)s AND state = 'retired' AND promoted_at IS NOT null
ORDER BY promoted_at DESC, adapter_id ASC
LIMIT 1
