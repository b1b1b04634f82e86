-- Keep a style card in the name of whoever asks.
INSERT INTO style_cards (
    card_id, name, kind, author, filings, matters, background, counts, made_by
)
VALUES (
    %(card_id)s,
    %(name)s,
    %(kind)s,
    %(author)s,
    %(filings)s,
    %(matters)s,
    %(background)s,
    %(counts)s,
    acting_person()
)
