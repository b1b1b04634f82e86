-- How many citations have been resolved?
ANALYZE fates
