-- Which cases have now had their citations resolved?
UPDATE cases SET linked = true
WHERE NOT linked
