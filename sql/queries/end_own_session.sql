-- End one of a person's own sessions.
DELETE FROM sessions
WHERE session_id = %(session_id)s AND person_id = %(person_id)s
