-- Which passages repeat another case, court, date or kind than their opinion has?
SELECT passages.passage_id
FROM passages
INNER JOIN opinions ON passages.opinion_id = opinions.opinion_id
INNER JOIN cases ON opinions.case_id = cases.case_id
WHERE
    passages.case_id <> cases.case_id
    OR passages.court <> cases.court
    OR passages.kind <> opinions.kind
    OR passages.filed_first IS DISTINCT FROM cases.filed_first
    OR passages.filed_last IS DISTINCT FROM cases.filed_last
ORDER BY passages.passage_id
