-- Is somebody said to have read or reviewed a draft of whom the audit trail does not say so?
SELECT
    said.draft_id,
    said.n,
    said.version,
    said.person_id
FROM draft_confirmations AS said
INNER JOIN drafts ON said.draft_id = drafts.draft_id
WHERE
    NOT EXISTS (
        SELECT FROM audit_entries AS entry
        WHERE
            entry.person_id = said.person_id
            AND entry.detail ->> 'n' = said.n::text
            AND (
                (
                    entry.action = 'draft.confirm'
                    AND entry.subject = said.draft_id::text
                    AND entry.detail ->> 'version' = said.version::text
                )
                OR (
                    entry.action = 'trace.confirm'
                    AND entry.subject = drafts.origin::jsonb ->> 'trace_id'
                    AND said.n > 0
                )
            )
    )
ORDER BY said.draft_id, said.n, said.version, said.person_id
