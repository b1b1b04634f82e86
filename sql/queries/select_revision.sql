-- Which revision is the library at?
SELECT revision
FROM library
