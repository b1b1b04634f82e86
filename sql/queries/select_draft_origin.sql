-- Which answer did this draft begin with?
SELECT drafts.origin
FROM drafts
WHERE drafts.draft_id = %(draft_id)s
