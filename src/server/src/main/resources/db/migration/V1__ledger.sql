-- The log: who writes what is in design order outbox -> event -> checkpoint. Rows of ledger_event and ledger_checkpoint are
-- never updated or deleted; rows of ledger_outbox live from the writer's commit to the sequencer's.

-- One row for each log. size and root are those of ledger_event's rows, moved in the same transaction; epoch rises with each
-- new holder of the lease and fences the one before it.
CREATE TABLE ledger_head (
    log_id SMALLINT PRIMARY KEY,
    origin TEXT NOT NULL,
    size   BIGINT NOT NULL CHECK (size >= 0),
    root   BYTEA NOT NULL CHECK (octet_length(root) = 32),
    epoch  BIGINT NOT NULL CHECK (epoch >= 0)
);

-- Data keys, wrapped by a key outside the database. NULL: destroyed, and what was sealed under it with it.
CREATE TABLE ledger_key (
    key_id       UUID PRIMARY KEY,
    scope        TEXT NOT NULL UNIQUE,
    wrapped      BYTEA,
    kek_gen      INTEGER NOT NULL CHECK (kek_gen >= 1),
    seals        BIGINT NOT NULL DEFAULT 0 CHECK (seals >= 0),
    created_at   TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
    destroyed_at TIMESTAMPTZ,
    CHECK ((wrapped IS NULL) = (destroyed_at IS NOT NULL))
);

CREATE TABLE ledger_outbox (
    event_id   UUID PRIMARY KEY,
    commitment BYTEA NOT NULL CHECK (octet_length(commitment) = 32),
    sealed     BYTEA NOT NULL CHECK (octet_length(sealed) BETWEEN 60 AND 8300),
    key_id     UUID NOT NULL REFERENCES ledger_key,
    created_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp()
);

CREATE INDEX ledger_outbox_oldest ON ledger_outbox (created_at, event_id);

CREATE TABLE ledger_event (
    log_id      SMALLINT NOT NULL REFERENCES ledger_head,
    seq         BIGINT NOT NULL CHECK (seq >= 0),
    event_id    UUID NOT NULL UNIQUE,
    recorded_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
    key_id      UUID NOT NULL REFERENCES ledger_key,
    commitment  BYTEA NOT NULL CHECK (octet_length(commitment) = 32),
    leaf        BYTEA NOT NULL CHECK (octet_length(leaf) = 32),
    body        BYTEA NOT NULL,
    PRIMARY KEY (log_id, seq)
);

CREATE TABLE ledger_checkpoint (
    log_id     SMALLINT NOT NULL REFERENCES ledger_head,
    size       BIGINT NOT NULL CHECK (size >= 0),
    root       BYTEA NOT NULL CHECK (octet_length(root) = 32),
    note       TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (log_id, size)
);

-- The files of every policy bundle that was ever in force: an export carries them, so that decisions can be decided again.
CREATE TABLE policy_bundle (
    hash    BYTEA NOT NULL CHECK (octet_length(hash) = 32),
    path    TEXT NOT NULL CHECK (length(path) <= 400),
    content BYTEA NOT NULL,
    PRIMARY KEY (hash, path)
);
