-- What has this author written, or what have others in the same courts? In an order as by lot.
SELECT opinions.text
FROM opinions
INNER JOIN cases ON opinions.case_id = cases.case_id
WHERE
    opinions.author IS NOT null
    AND opinions.author <> ''
    AND length(opinions.text) >= %(characters)s
    AND (opinions.author = %(author)s) = %(own)s::boolean
    AND cases.court IN (
        SELECT theirs.court
        FROM cases AS theirs
        INNER JOIN opinions AS written ON theirs.case_id = written.case_id
        WHERE written.author = %(author)s
    )
ORDER BY md5(opinions.opinion_id::text), opinions.opinion_id
LIMIT %(most)s
