-- Where may these opinions say how they treat what they cite?
INSERT INTO treatment_cues
SELECT
    cues.opinion_id,
    cues.ordinal,
    cues.start_offset,
    cues.strength
FROM find_treatment_cues(%(opinion_ids)s::integer[]) AS cues
ON CONFLICT DO NOTHING
