-- Which sources of what this worker has taken may a model outside the firm read?
SELECT source FROM style_outside(%(worker)s)
