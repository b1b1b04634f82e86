-- When was the first entry written that does not fit, and nothing where the chain is whole?
SELECT break_in_audit()
