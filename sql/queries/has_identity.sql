-- Is this person somebody already for this single sign-on?
SELECT exists(
    SELECT FROM identities
    WHERE issuer = %(issuer)s AND person_id = %(person_id)s
) AS found
