-- Save a text of a draft, unless somebody has saved another since `based_on`.
INSERT INTO draft_versions (draft_id, version, matter_id, text, claims, saved_by)
SELECT
    drafts.draft_id,
    %(based_on)s + 1,
    drafts.matter_id,
    %(text)s,
    %(claims)s,
    acting_person()
FROM drafts
WHERE
    drafts.draft_id = %(draft_id)s
    AND %(based_on)s = (
        SELECT coalesce(max(versions.version), 0)
        FROM draft_versions AS versions
        WHERE versions.draft_id = drafts.draft_id
    )
ON CONFLICT DO NOTHING
