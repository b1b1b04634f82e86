-- Remove a style card.
DELETE FROM style_cards
WHERE card_id = %(card_id)s
