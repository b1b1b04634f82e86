-- Has this session been used just now?
UPDATE sessions SET seen_at = now()
WHERE session_id = %(session_id)s
