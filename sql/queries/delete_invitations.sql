-- Let no link that was given to this person work any more.
DELETE FROM invitations
WHERE person_id = %(person_id)s
