-- Give work back, to be taken up again after a while.
SELECT free_job(%(job)s, %(worker)s, %(delay)s, %(because)s, %(counts)s)
