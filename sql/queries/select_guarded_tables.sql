-- Which tables hold rows that only some may see?
SELECT relname AS name
FROM pg_class
WHERE relrowsecurity AND relnamespace = 'public'::regnamespace
ORDER BY relname
