-- What may be lost if the power fails within the next half second, and is worth no wait?
SET LOCAL synchronous_commit = off
