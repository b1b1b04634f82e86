-- Remove what a wall was tried out with where that was broken off.
DELETE FROM matters
WHERE canary AND opened_at < now() - interval '10 minutes'
