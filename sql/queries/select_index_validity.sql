-- Is there an index of this name, and is it whole?
SELECT pg_index.indisvalid AND pg_index.indisready
FROM pg_index
WHERE pg_index.indexrelid = to_regclass(%(name)s)
