-- Write down what was measured of an adapter.
INSERT INTO style_evaluations (adapter_id, figures, made_by)
VALUES (%(adapter_id)s, %(figures)s::jsonb, acting_person())
