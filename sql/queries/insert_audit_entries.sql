-- What was done in each of these matters?
INSERT INTO audit_entries (person_id, matter_id, action, detail)
SELECT
    acting_person(),
    one.matter_id,
    %(action)s,
    one.detail
FROM unnest(%(matter_ids)s::uuid[], %(details)s::jsonb[]) AS one (matter_id, detail)
