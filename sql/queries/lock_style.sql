-- Let nothing that teaches be withdrawn, and no dataset be made, until the transaction ends.
SELECT pg_advisory_xact_lock(667646803)
