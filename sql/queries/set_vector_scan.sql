-- How far does the vector index look in this transaction before it gives up under filters?
SELECT
    set_config('hnsw.ef_search', %(candidates)s::text, true),
    set_config('hnsw.iterative_scan', 'strict_order', true),
    set_config('hnsw.max_scan_tuples', %(tuples)s::text, true)
