-- Which passages are of a syllabus, which is shown and never searched?
SELECT passage_id
FROM passages
WHERE kind = 'syllabus'
ORDER BY passage_id
