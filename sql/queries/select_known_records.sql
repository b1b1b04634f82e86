-- Which of these records does the library hold, and with what content?
SELECT
    source_id,
    case_id,
    content_sha256
FROM cases
WHERE source_id = any(%(source_ids)s)
ORDER BY source_id
