-- End work that leads to nothing more by itself.
SELECT end_job(%(job)s, %(worker)s, %(left_as)s, %(because)s)
