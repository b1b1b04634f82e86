-- Which segments are replaced by this one?
DELETE FROM segments
WHERE segment < %(segment)s
