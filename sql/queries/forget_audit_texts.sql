-- How many words asked were kept long enough, and are gone now?
SELECT forget_audit_texts(%(days)s)
