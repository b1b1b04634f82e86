-- Write down that a dataset was made, by whoever asks.
INSERT INTO style_datasets (dataset_id, voice_id, sha256, seed, deidentified, made_by)
VALUES (
    %(dataset_id)s, %(voice_id)s, %(sha256)s, %(seed)s, %(deidentified)s, acting_person()
)
