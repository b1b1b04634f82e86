-- Has anybody a way to sign in?
SELECT EXISTS (SELECT FROM passwords) OR EXISTS (SELECT FROM identities) AS found
