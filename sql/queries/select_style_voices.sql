-- Which voices has the firm, and which adapter speaks for each?
SELECT
    voice.voice_id,
    voice.name,
    adapter.adapter_id AS speaks
FROM style_voices AS voice
LEFT JOIN style_adapters AS adapter
    ON voice.voice_id = adapter.voice_id AND adapter.state = 'promoted'
WHERE %(name)s::text IS null OR lower(voice.name) = lower(%(name)s)
ORDER BY voice.name, voice.voice_id
