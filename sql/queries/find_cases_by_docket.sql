-- Which cases bear all these docket numbers?
SELECT
    case_id,
    source_id
FROM cases
WHERE
    docket_numbers(docket_number) @> docket_numbers(%(written)s)
    AND docket_numbers(%(written)s) <> '{}'
ORDER BY cardinality(docket_numbers(docket_number)), source_id
LIMIT %(most)s
