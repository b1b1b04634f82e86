-- What was voted on of a dataset's adapters, and how often for which?
SELECT
    plain,
    by_adapter,
    by_other,
    for_adapter,
    for_other
FROM style_preferences(%(dataset_id)s)
