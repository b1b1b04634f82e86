-- Let the files that came in one reading of a message have come in another.
UPDATE uploads
SET part_of = %(other)s
WHERE part_of = %(one)s
