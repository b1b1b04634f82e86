-- Does any adapter speak?
SELECT exists(
    SELECT FROM style_adapters
    WHERE state = 'promoted'
)
