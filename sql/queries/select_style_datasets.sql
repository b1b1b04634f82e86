-- What was each dataset made of, counted over what whoever asks may know of?
SELECT
    dataset.dataset_id,
    dataset.voice_id,
    voice.name AS voice,
    dataset.seed,
    dataset.deidentified,
    people.name AS made_by,
    dataset.made_at,
    counted.sources,
    counted.examples,
    counted.words,
    counted.withdrawn,
    CASE WHEN NOT style_hides(dataset.dataset_id) THEN dataset.sha256 END AS sha256
FROM style_datasets AS dataset
INNER JOIN style_voices AS voice ON dataset.voice_id = voice.voice_id
INNER JOIN people ON dataset.made_by = people.person_id
CROSS JOIN
    LATERAL (
        SELECT
            count(*) AS sources,
            coalesce(sum(held.examples), 0)::bigint AS examples,
            coalesce(sum(held.words), 0)::bigint AS words,
            count(held.withdrawn_at) AS withdrawn
        FROM style_sources AS held
        WHERE held.dataset_id = dataset.dataset_id
    ) AS counted
WHERE
    (%(voice_id)s::uuid IS null OR dataset.voice_id = %(voice_id)s)
    AND (%(dataset_id)s::uuid IS null OR dataset.dataset_id = %(dataset_id)s)
ORDER BY dataset.made_at DESC, dataset.dataset_id ASC
