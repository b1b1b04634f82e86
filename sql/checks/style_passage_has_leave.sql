-- Is a passage kept to teach a voice of a matter that lets nothing teach, or that is no more?
SELECT
    example.dataset_id,
    example.ordinal
FROM style_examples AS example
LEFT JOIN matters ON example.matter_id = matters.matter_id
WHERE example.matter_id IS NOT null AND NOT coalesce(matters.teaches_style, false)
ORDER BY example.dataset_id, example.ordinal
