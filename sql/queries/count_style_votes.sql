-- How did each of those who voted on an adapter vote, unnamed, and which of them asks?
SELECT
    for_adapter,
    votes,
    own
FROM count_style_votes(%(adapter_id)s)
