-- The bench: one question asked in several ways, and what of each answer was counted.

CREATE TABLE bench_runs (
    bench_id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    person_id uuid NOT NULL REFERENCES people ON DELETE CASCADE,
    asked_at timestamptz NOT NULL DEFAULT now(),
    question text NOT NULL,
    library_revision bigint NOT NULL,
    -- JSON: each way of answering, with what it said.
    arms text NOT NULL
);
CREATE INDEX bench_runs_person ON bench_runs (person_id, asked_at);

ALTER TABLE bench_runs ENABLE ROW LEVEL SECURITY;
ALTER TABLE bench_runs FORCE ROW LEVEL SECURITY;

-- A question says what somebody works on: runs are seen by whoever made them alone.
CREATE POLICY own ON bench_runs USING (
    person_id = (SELECT acting_person())
    AND (SELECT acts_as('lawyer') OR acts_as('paralegal') OR acts_as('admin'))
);
