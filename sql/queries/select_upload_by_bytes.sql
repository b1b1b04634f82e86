-- Which upload of this matter has these bytes?
SELECT filing_id FROM uploads
WHERE matter_id = %(matter_id)s AND sha256 = %(sha256)s
