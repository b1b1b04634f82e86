-- How much memory may a vector index take while it is built in this transaction?
SELECT set_config('maintenance_work_mem', '512MB', true)
