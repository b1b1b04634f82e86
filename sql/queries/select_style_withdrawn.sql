-- Of which adapters must nothing be left on disk?
SELECT adapter_id
FROM style_adapters
WHERE state IN ('withdrawn', 'cancelled', 'failed')
ORDER BY adapter_id
