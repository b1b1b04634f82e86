-- Which drafts may whoever asks open? All, a matter's, or one; those saved last first.
SELECT
    drafts.draft_id,
    drafts.matter_id,
    drafts.title,
    latest.version,
    people.name AS saved_by,
    latest.saved_at
FROM drafts
INNER JOIN LATERAL (
    SELECT
        versions.version,
        versions.saved_by,
        versions.saved_at
    FROM draft_versions AS versions
    WHERE versions.draft_id = drafts.draft_id
    ORDER BY versions.version DESC
    LIMIT 1
) AS latest ON true
INNER JOIN people ON latest.saved_by = people.person_id
WHERE
    (%(matter_id)s::uuid IS null OR drafts.matter_id = %(matter_id)s)
    AND (%(draft_id)s::uuid IS null OR drafts.draft_id = %(draft_id)s)
ORDER BY latest.saved_at DESC, drafts.draft_id DESC
