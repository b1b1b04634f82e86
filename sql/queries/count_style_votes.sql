-- How did each of those who voted on an adapter vote?
SELECT
    person_id,
    for_adapter,
    votes
FROM count_style_votes(%(adapter_id)s)
