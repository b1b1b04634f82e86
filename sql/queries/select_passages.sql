-- What do these passages say, whose are they, and on which printed page do they begin?
SELECT
    passages.passage_id,
    passages.opinion_id,
    passages.case_id,
    passages.kind,
    opinions.author,
    passages.start_offset,
    passages.end_offset,
    substring(
        opinions.text
        FROM passages.start_offset + 1 FOR passages.end_offset - passages.start_offset
    ) AS text,
    (
        SELECT pages.label
        FROM pages
        WHERE
            pages.opinion_id = passages.opinion_id
            AND pages.start_offset <= passages.start_offset
        ORDER BY pages.start_offset DESC
        LIMIT 1
    ) AS page
FROM passages
INNER JOIN opinions ON passages.opinion_id = opinions.opinion_id
WHERE passages.passage_id = any(%(passage_ids)s::integer[])
ORDER BY passages.passage_id
