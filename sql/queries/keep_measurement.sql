-- Write down what was measured, with pairs to vote on. Is it still this worker's?
SELECT keep_measurement(%(worker)s, %(figures)s::jsonb, %(pairs)s::jsonb)
