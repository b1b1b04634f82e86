-- Who else is storing cases? One at a time, so that a later segment has the higher passage ids.
SELECT pg_advisory_xact_lock(hashtext('onpoint: storing cases'))
