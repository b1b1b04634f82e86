-- Keep what was edited of a style card.
UPDATE style_cards
SET edits = %(edits)s
WHERE card_id = %(card_id)s
