-- Which postings are replaced by those of this segment?
DELETE FROM postings
WHERE segment < %(segment)s
