-- What was asked, in words that retention keeps?
INSERT INTO audit_texts (entry_id, text)
VALUES (%(entry_id)s, %(text)s)
