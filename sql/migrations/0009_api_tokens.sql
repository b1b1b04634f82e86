-- Tokens by which a person's own programs act for them. Of the secret only a hash is kept.

CREATE TABLE api_tokens (
    token_id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    token_sha256 bytea NOT NULL UNIQUE CHECK (length(token_sha256) = 32),
    person_id uuid NOT NULL REFERENCES people ON DELETE CASCADE,
    -- What the person calls it: the program that has it.
    name text NOT NULL CHECK (name <> ''),
    uses text[] NOT NULL CHECK (uses <> '{}' AND uses <@ '{search,cite,ask}'),
    made_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    UNIQUE (person_id, name)
);
CREATE INDEX api_tokens_expire ON api_tokens (expires_at);
