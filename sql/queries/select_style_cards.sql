-- Which style cards may whoever asks see? All, or one; by name.
SELECT
    style_cards.card_id,
    style_cards.name,
    style_cards.kind,
    style_cards.author,
    style_cards.filings,
    style_cards.background,
    style_cards.counts,
    style_cards.edits,
    people.name AS made_by,
    style_cards.made_at,
    array(
        SELECT counted.number
        FROM matters AS counted
        WHERE counted.matter_id = any(style_cards.matters)
        ORDER BY counted.number
    ) AS numbers,
    NOT EXISTS (
        SELECT FROM matters AS closed
        WHERE closed.matter_id = any(style_cards.matters) AND NOT closed.external_models
    ) AS external_models
FROM style_cards
INNER JOIN people ON style_cards.made_by = people.person_id
WHERE %(card_id)s::uuid IS null OR style_cards.card_id = %(card_id)s
ORDER BY style_cards.name, style_cards.card_id
