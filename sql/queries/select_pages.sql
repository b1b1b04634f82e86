-- Where do the printed pages of these opinions begin?
SELECT
    opinion_id,
    start_offset AS start,
    label
FROM pages
WHERE opinion_id = any(%(opinion_ids)s::integer[])
ORDER BY opinion_id, start_offset, label;
