-- Give a draft another title.
UPDATE drafts
SET title = %(title)s
WHERE draft_id = %(draft_id)s
