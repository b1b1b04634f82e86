-- Is a record of an answer other than the audit trail says it was written?
SELECT
    traces.trace_id,
    trace_faults(traces) AS faults
FROM traces
WHERE trace_faults(traces) <> '{}'
ORDER BY traces.trace_id
