-- Which adapters speak, the one that came to last first?
SELECT
    adapter.adapter_id,
    adapter.base,
    adapter.served,
    voice.name AS voice
FROM style_adapters AS adapter
INNER JOIN style_voices AS voice ON adapter.voice_id = voice.voice_id
WHERE adapter.state = 'promoted'
ORDER BY adapter.promoted_at DESC NULLS LAST, adapter.adapter_id ASC
