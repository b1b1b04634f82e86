-- How many records of answers were kept long enough, and are gone now?
SELECT forget_traces(%(days)s)
