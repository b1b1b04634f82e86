-- Which answer did this draft begin with, when, and by whom?
SELECT
    drafts.origin,
    people.name AS started_by,
    drafts.started_at
FROM drafts
INNER JOIN people ON drafts.started_by = people.person_id
WHERE drafts.draft_id = %(draft_id)s
