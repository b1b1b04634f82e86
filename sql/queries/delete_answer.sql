-- Remove a kept answer.
DELETE FROM answers
WHERE answer_id = %(answer_id)s
