-- Was an adapter taught by a matter of which whoever asks may not know?
SELECT style_hides(adapter.dataset_id)
FROM style_adapters AS adapter
WHERE adapter.adapter_id = %(adapter_id)s
