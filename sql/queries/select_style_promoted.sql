-- Which adapter speaks, the one that came to last first?
SELECT
    adapter_id,
    base
FROM style_adapters
WHERE state = 'promoted'
ORDER BY promoted_at DESC NULLS LAST, adapter_id ASC
LIMIT 1
