-- Keep what was counted anew for a style card; what was edited stays.
UPDATE style_cards
SET
    counts = %(counts)s,
    background = %(background)s,
    made_at = now()
WHERE card_id = %(card_id)s
