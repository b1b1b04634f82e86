-- What did others write in the matters of the adapter that a worker measures?
SELECT text FROM style_background(%(worker)s, %(characters)s, %(most)s)
