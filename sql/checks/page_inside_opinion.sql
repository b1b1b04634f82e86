-- Which printed pages begin beyond their opinion's text?
SELECT
    pages.opinion_id,
    pages.start_offset
FROM pages
INNER JOIN opinions ON pages.opinion_id = opinions.opinion_id
WHERE pages.start_offset < 0 OR pages.start_offset > length(opinions.text)
ORDER BY pages.opinion_id, pages.start_offset
