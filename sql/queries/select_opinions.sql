-- Which opinions does this case have, and where do their printed pages begin?
SELECT
    opinions.opinion_id,
    opinions.case_id,
    opinions.ordinal,
    opinions.kind,
    opinions.author,
    opinions.text,
    opinions.footnotes_start,
    array(
        SELECT pages.start_offset
        FROM pages
        WHERE pages.opinion_id = opinions.opinion_id
        ORDER BY pages.start_offset
    ) AS page_starts,
    array(
        SELECT pages.label
        FROM pages
        WHERE pages.opinion_id = opinions.opinion_id
        ORDER BY pages.start_offset
    ) AS page_labels
FROM opinions
WHERE opinions.case_id = %(case_id)s
ORDER BY opinions.ordinal
