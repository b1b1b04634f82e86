-- Take back what one has said of a draft.
DELETE FROM draft_confirmations
WHERE
    draft_id = %(draft_id)s
    AND n = %(n)s
    AND version = %(version)s
    AND person_id = acting_person()
