-- Which upload of this matter has these bytes? Of several readings the latest that is finished.
SELECT filing_id FROM uploads
WHERE matter_id = %(matter_id)s AND sha256 = %(sha256)s
ORDER BY state = 'searchable' DESC, reading DESC
LIMIT 1
