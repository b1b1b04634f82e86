-- Which answers does a matter's team keep? Those of a matter, or one by id.
SELECT
    answers.answer_id,
    answers.matter_id,
    answers.question,
    answers.standing,
    answers.text,
    answers.sources,
    answers.footer,
    people.name AS kept_by,
    answers.kept_at
FROM answers
INNER JOIN people ON answers.kept_by = people.person_id
WHERE
    (%(matter_id)s::uuid IS null OR answers.matter_id = %(matter_id)s)
    AND (%(answer_id)s::uuid IS null OR answers.answer_id = %(answer_id)s)
ORDER BY answers.kept_at, answers.answer_id
