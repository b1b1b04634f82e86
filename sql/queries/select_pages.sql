-- Where do the printed pages of this opinion begin?
SELECT
    start_offset AS start,
    label
FROM pages
WHERE opinion_id = %(opinion_id)s
ORDER BY start_offset, label;
