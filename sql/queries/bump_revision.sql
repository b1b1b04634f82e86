-- What is the library's revision, now that the shelf has changed?
UPDATE library SET
    revision = revision + 1,
    changed_at = now()
RETURNING revision
