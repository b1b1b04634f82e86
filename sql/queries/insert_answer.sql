-- Keep an answer with a matter.
INSERT INTO answers (answer_id, matter_id, question, standing, text, sources, footer, kept_by)
VALUES (
    %(answer_id)s, %(matter_id)s, %(question)s, %(standing)s, %(text)s, %(sources)s::jsonb,
    %(footer)s::jsonb, %(kept_by)s
)
