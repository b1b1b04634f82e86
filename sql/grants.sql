-- What the application's role {app} may do, given anew after every migration: it owns nothing, so
-- that no policy is passed by. Migrations that make something it may not change say so themselves,
-- by a policy or a trigger.
GRANT USAGE ON SCHEMA public TO {app};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {app};
REVOKE INSERT, UPDATE, DELETE ON migrations FROM {app};
GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO {app};
-- The trail of what was done is added to and never changed; a trigger says so to its owner too.
REVOKE UPDATE, DELETE, TRUNCATE ON audit_entries, audit_texts FROM {app};
REVOKE INSERT, UPDATE, DELETE ON removed_matters FROM {app};
-- A filing's text stays as it was added, by whom it was; what is made of it may be made anew.
REVOKE UPDATE ON filings FROM {app};
GRANT UPDATE (
    replaced_by, footnotes_start, signature, lengths, passages, terms, encoder, pipeline
) ON filings TO {app};
-- A record stays as it was written, and is forgotten by retention alone; it may be put with a matter.
REVOKE UPDATE, DELETE ON traces FROM {app};
GRANT UPDATE (matter_id) ON traces TO {app};
-- What taught a voice and what was measured of it is written once; the ledger outlives all else.
REVOKE UPDATE, DELETE ON style_sources, style_datasets, style_evaluations, style_votes FROM {app};
REVOKE UPDATE, DELETE ON style_examples, style_ballots FROM {app};
REVOKE DELETE ON style_adapters, style_voices FROM {app};
-- What was said of a record or a draft, and what was saved, is added to or taken back.
REVOKE UPDATE ON trace_confirmations, draft_confirmations, draft_versions, drafts FROM {app};
GRANT UPDATE (title) ON drafts TO {app};
-- A run of the bench stays as it was counted.
REVOKE UPDATE ON bench_runs FROM {app};
-- A style card is counted anew or edited; what it was made of, and by whom, stays.
REVOKE UPDATE ON style_cards FROM {app};
GRANT UPDATE (counts, background, edits, made_at) ON style_cards TO {app};
