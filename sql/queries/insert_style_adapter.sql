-- Ask for an adapter to be trained, in the name of whoever asks.
INSERT INTO style_adapters (adapter_id, voice_id, dataset_id, base, recipe, asked_by)
SELECT
    %(adapter_id)s,
    dataset.voice_id,
    dataset.dataset_id,
    %(base)s,
    %(recipe)s::jsonb,
    acting_person()
FROM style_datasets AS dataset
WHERE
    dataset.dataset_id = %(dataset_id)s
    AND NOT EXISTS (
        SELECT FROM style_sources AS held
        WHERE held.dataset_id = dataset.dataset_id AND held.withdrawn_at IS NOT null
    )
