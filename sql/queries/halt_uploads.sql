-- Let nobody work on these uploads any more, before they are removed.
DELETE FROM jobs
WHERE filing_id = any(%(filing_ids)s::uuid[])
