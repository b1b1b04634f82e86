-- Say to have read a source of a draft, or to have reviewed a version of it.
INSERT INTO draft_confirmations (draft_id, n, version, matter_id, person_id)
SELECT
    drafts.draft_id,
    %(n)s,
    %(version)s,
    drafts.matter_id,
    acting_person()
FROM drafts
WHERE drafts.draft_id = %(draft_id)s
ON CONFLICT DO NOTHING
