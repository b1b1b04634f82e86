-- What was measured last of an adapter? Nothing for who may not know of all that taught it.
SELECT
    evaluation.figures,
    evaluation.made_at
FROM style_evaluations AS evaluation
INNER JOIN style_adapters AS adapter ON evaluation.adapter_id = adapter.adapter_id
WHERE
    evaluation.adapter_id = %(adapter_id)s
    AND (%(whole)s::boolean OR NOT style_hides(adapter.dataset_id))
ORDER BY evaluation.made_at DESC, evaluation.evaluation_id ASC
LIMIT 1
