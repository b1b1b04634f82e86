-- Forget what has run out: sessions, links, vouchers, tokens, addresses and failures of long ago.
WITH
ended AS (
    DELETE FROM sessions
    WHERE seen_at < now() - %(idle)s OR began_at < now() - %(longest)s
),

unused AS (
    DELETE FROM invitations
    WHERE expires_at < now()
),

vouched AS (
    DELETE FROM vouchers
    WHERE used_at < now() - interval '1 day'
),

spent AS (
    DELETE FROM api_tokens
    WHERE expires_at < now() - interval '30 days'
),

left_behind AS (
    DELETE FROM known_addresses
    WHERE seen_at < now() - %(known)s
)

DELETE FROM failures
WHERE failed_at < now() - interval '1 day'
