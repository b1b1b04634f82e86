-- What was done, the latest first, of what the acting person may know?
SELECT
    entry.entry_id,
    entry.at,
    entry.person_id,
    people.login,
    entry.matter_id,
    entry.action,
    entry.subject,
    entry.detail,
    words.text
FROM audit_entries AS entry
LEFT JOIN people ON entry.person_id = people.person_id
LEFT JOIN audit_texts AS words
    ON
        entry.entry_id = words.entry_id
        AND words.at > now() - make_interval(days => %(days)s)
WHERE
    (%(person_id)s::uuid IS null OR entry.person_id = %(person_id)s)
    AND (%(action)s::text IS null OR starts_with(entry.action, %(action)s))
    AND (%(subject)s::text IS null OR entry.subject = %(subject)s)
    AND (%(matter_id)s::uuid IS null OR entry.matter_id = %(matter_id)s)
    AND (%(since)s::timestamptz IS null OR entry.at >= %(since)s)
    AND (%(until)s::timestamptz IS null OR entry.at < %(until)s)
    AND (
        %(before)s::uuid IS null
        OR entry.seq < (
            SELECT earlier.seq
            FROM audit_entries AS earlier
            WHERE earlier.entry_id = %(before)s
        )
    )
ORDER BY entry.seq DESC
LIMIT %(k)s
