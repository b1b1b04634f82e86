-- Take over into a draft which sources one says to have read of the answer it began with.
INSERT INTO draft_confirmations (draft_id, n, version, matter_id, person_id, confirmed_at)
SELECT
    drafts.draft_id,
    said.n,
    0,
    drafts.matter_id,
    said.person_id,
    said.confirmed_at
FROM drafts
INNER JOIN trace_confirmations AS said ON said.trace_id = %(trace_id)s AND said.n > 0
WHERE drafts.draft_id = %(draft_id)s AND said.person_id = acting_person()
ON CONFLICT DO NOTHING
