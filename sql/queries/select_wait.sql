-- How many seconds until this may be tried again?
SELECT ceil(extract(EPOCH FROM free_at - clock_timestamp()))::integer AS seconds
FROM failures
WHERE what = %(what)s
