-- How large have the tables become? The planner wants to know.
SELECT measure_public_shelf()
