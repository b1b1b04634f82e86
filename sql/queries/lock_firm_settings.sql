-- Who else is changing a setting? One at a time: a row that is not there yet cannot be held.
SELECT pg_advisory_xact_lock(hashtext('onpoint: firm settings'))
