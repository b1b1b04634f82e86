-- What has this person used, whatever he may?
INSERT INTO allowances AS held (person_id, what, since, used)
VALUES (%(person_id)s, %(what)s, date_trunc(%(period)s, now()), %(amount)s)
ON CONFLICT (person_id, what, since) DO UPDATE SET used = held.used + excluded.used
