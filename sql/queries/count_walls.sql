-- How many matters, of those that whoever asks may arrange, is this person walled off from?
SELECT count(*) AS walls
FROM walls
INNER JOIN matters ON walls.matter_id = matters.matter_id
WHERE walls.person_id = %(person_id)s AND NOT matters.canary
