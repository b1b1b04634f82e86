-- Change what is given of a matter; null leaves it as it is.
UPDATE matters
SET
    number = coalesce(%(number)s, number),
    name = coalesce(%(name)s, name),
    state = coalesce(%(state)s, state),
    external_models = coalesce(%(external_models)s, external_models),
    teaches_style = coalesce(%(teaches_style)s, teaches_style),
    held_by = CASE
        WHEN coalesce(%(legal_hold)s, legal_hold) AND NOT legal_hold THEN acting_person()
        WHEN coalesce(%(legal_hold)s, legal_hold) THEN held_by
    END,
    legal_hold = coalesce(%(legal_hold)s, legal_hold),
    asks_release = coalesce(%(asks_release)s, asks_release)
WHERE matter_id = %(matter_id)s
