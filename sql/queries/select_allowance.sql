-- How much has this person used in this hour, or on this day?
SELECT used
FROM allowances
WHERE
    person_id = %(person_id)s
    AND what = %(what)s
    AND since = date_trunc(%(period)s, now())
