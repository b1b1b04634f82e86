-- May this person sign in?
UPDATE people SET disabled_at = CASE WHEN %(disabled)s THEN coalesce(disabled_at, now()) END
WHERE person_id = %(person_id)s
