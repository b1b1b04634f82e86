-- Which texts were saved of this draft, the first first? All of them, or one.
SELECT
    versions.version,
    versions.text,
    versions.claims,
    people.name AS saved_by,
    versions.saved_at
FROM draft_versions AS versions
INNER JOIN people ON versions.saved_by = people.person_id
WHERE
    versions.draft_id = %(draft_id)s
    AND (%(version)s::integer IS null OR versions.version = %(version)s)
ORDER BY versions.version
