-- Remove a draft with all its versions.
DELETE FROM drafts
WHERE draft_id = %(draft_id)s
