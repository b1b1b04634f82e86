-- How many cases are there?
SELECT count(*) FROM cases;
