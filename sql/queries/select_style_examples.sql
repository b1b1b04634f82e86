-- Which passages of a dataset may whoever asks read, in their order?
SELECT
    example.source,
    held.author,
    held.half,
    example.plain,
    example.own
FROM style_examples AS example
INNER JOIN style_sources AS held
    ON example.dataset_id = held.dataset_id AND example.source = held.source
WHERE example.dataset_id = %(dataset_id)s
ORDER BY example.ordinal
