-- How much is in a matter, for whoever may read or arrange it?
SELECT
    filings,
    passages,
    files,
    bytes
FROM measure_matter(%(matter_id)s)
