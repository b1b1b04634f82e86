-- What is the source id of every case?
SELECT
    case_id,
    source_id
FROM cases
ORDER BY case_id
