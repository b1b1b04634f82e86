-- How people show who they are, and where they are signed in. Of every secret only a hash is kept.

-- A person without a row has never had a password: the owner of a laptop, or somebody for whom the
-- office's single sign-on vouches.
CREATE TABLE passwords (
    person_id uuid PRIMARY KEY REFERENCES people ON DELETE CASCADE,
    -- argon2id with its salt and its cost, as argon2 writes it. Null after a reset, until the link
    -- for a new one is used.
    hash text CHECK (hash LIKE '$argon2id$%'),
    changed_at timestamptz NOT NULL DEFAULT now()
);

-- Who is signed in, on which browser. The browser has the token, we its SHA-256.
CREATE TABLE sessions (
    session_id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    token_sha256 bytea NOT NULL UNIQUE CHECK (length(token_sha256) = 32),
    person_id uuid NOT NULL REFERENCES people ON DELETE CASCADE,
    -- Where from, and with which browser: for the person's own list of sessions.
    address text NOT NULL,
    browser text NOT NULL,
    began_at timestamptz NOT NULL DEFAULT now(),
    seen_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX sessions_person ON sessions (person_id);
CREATE INDEX sessions_seen ON sessions (seen_at);

-- Links that work once: to set the installation up, to join, to choose a new password.
CREATE TABLE invitations (
    token_sha256 bytea PRIMARY KEY CHECK (length(token_sha256) = 32),
    person_id uuid NOT NULL REFERENCES people ON DELETE CASCADE,
    kind text NOT NULL CHECK (kind IN ('set_up', 'invitation', 'reset')),
    expires_at timestamptz NOT NULL
);
CREATE INDEX invitations_person ON invitations (person_id);

-- Who a person is for the office's single sign-on.
CREATE TABLE identities (
    issuer text NOT NULL,
    subject text NOT NULL,
    person_id uuid NOT NULL REFERENCES people ON DELETE CASCADE,
    linked_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (issuer, subject)
);
CREATE INDEX identities_person ON identities (person_id);

-- What single sign-on has vouched for already: each time counts once.
CREATE TABLE vouchers (
    sha256 bytea PRIMARY KEY CHECK (length(sha256) = 32),
    used_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX vouchers_used ON vouchers (used_at);

-- Where a person has signed in from before: a guess made elsewhere does not slow them down here.
CREATE TABLE known_addresses (
    person_id uuid NOT NULL REFERENCES people ON DELETE CASCADE,
    address text NOT NULL,
    seen_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (person_id, address)
);

-- Failed guesses: by what is guessed at and by where from, both as a hash. Whoever fails again and
-- again waits longer and longer.
CREATE TABLE failures (
    what bytea PRIMARY KEY CHECK (length(what) = 32),
    failures integer NOT NULL CHECK (failures >= 0),
    free_at timestamptz NOT NULL,
    failed_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX failures_failed ON failures (failed_at);
