-- Which passages are those of the training that this worker has taken?
SELECT
    source,
    author,
    half,
    plain,
    own
FROM style_lessons(%(worker)s)
