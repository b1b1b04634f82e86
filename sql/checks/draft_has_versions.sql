-- Is a draft without a first version, or is a version missing between two?
SELECT
    drafts.draft_id,
    count(versions.version) AS versions
FROM drafts
LEFT JOIN draft_versions AS versions ON drafts.draft_id = versions.draft_id
GROUP BY drafts.draft_id
HAVING count(versions.version) = 0 OR count(versions.version) <> max(versions.version)
ORDER BY drafts.draft_id
