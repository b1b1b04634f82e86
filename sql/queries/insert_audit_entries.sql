-- What was done, one after the other, and in which words?
WITH entries AS (
    SELECT
        given.place,
        (given.entry ->> 'entry_id')::uuid AS entry_id,
        (given.entry ->> 'matter_id')::uuid AS matter_id,
        given.entry ->> 'action' AS action,
        given.entry ->> 'subject' AS subject,
        given.entry -> 'detail' AS detail,
        given.entry ->> 'text' AS text
    FROM
        jsonb_array_elements(%(entries)s::jsonb)
        WITH ORDINALITY AS given (entry, place)
),

words AS (
    INSERT INTO audit_texts (entry_id, text)
    SELECT
        entries.entry_id,
        entries.text
    FROM entries
    WHERE entries.text IS NOT null
)

INSERT INTO audit_entries (entry_id, person_id, matter_id, action, subject, detail, text_sha256)
SELECT
    entries.entry_id,
    coalesce(%(person_id)s, acting_person()),
    entries.matter_id,
    entries.action,
    entries.subject,
    entries.detail,
    sha256(convert_to(entries.entry_id || entries.text, 'UTF8'))
FROM entries
ORDER BY entries.place
