-- Is an adapter in use, or on its way, that saw what may teach no more?
SELECT adapter.adapter_id
FROM style_adapters AS adapter
WHERE
    adapter.state NOT IN ('withdrawn', 'failed', 'cancelled')
    AND EXISTS (
        SELECT FROM style_sources AS held
        WHERE held.dataset_id = adapter.dataset_id AND held.withdrawn_at IS NOT null
    )
ORDER BY adapter.adapter_id
