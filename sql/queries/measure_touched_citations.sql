-- How many citations are to be resolved?
ANALYZE touched
