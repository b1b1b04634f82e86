-- What is the number of the new segment of the lexical index?
INSERT INTO segments (passages)
VALUES (%(passages)s)
RETURNING segment
