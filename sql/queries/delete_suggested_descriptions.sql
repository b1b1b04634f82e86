-- Forget what a filing was thought to be; what a person confirmed stays.
DELETE FROM filing_descriptions
WHERE filing_id = %(filing_id)s AND confirmed_by IS null
