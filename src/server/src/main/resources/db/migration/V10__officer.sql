-- The officer's side of the log: keys by retention class, month and person; legal holds; erasures; the search's filters.

-- What a data key seals. Keys of before have the empty class: they seal a month of everything, and are kept.
ALTER TABLE ledger_key
    ADD COLUMN retention TEXT NOT NULL DEFAULT '',
    ADD COLUMN month     TEXT NOT NULL DEFAULT '',
    ADD COLUMN subject   BYTEA NOT NULL DEFAULT '' CHECK (octet_length(subject) IN (0, 32)),
    ADD COLUMN part      INTEGER NOT NULL DEFAULT 1 CHECK (part BETWEEN 1 AND 9999);

CREATE INDEX ledger_key_place ON ledger_key (subject, retention, month, part);
CREATE INDEX ledger_key_due ON ledger_key (month, retention) WHERE wrapped IS NOT NULL;

-- The newest generation of the key-encryption key in use; whoever makes a data key checks that it is not behind.
CREATE INDEX ledger_key_generation ON ledger_key (kek_gen);

-- Legal holds: what they cover is not erased. Rows stay when a hold is lifted: an id is used once.
CREATE TABLE ledger_hold (
    hold_id   TEXT PRIMARY KEY CHECK (length(hold_id) BETWEEN 1 AND 64),
    kind      TEXT NOT NULL CHECK (kind IN ('SUBJECT', 'MONTH', 'WHOLE')),
    retention TEXT NOT NULL DEFAULT '',
    month     TEXT NOT NULL DEFAULT '',
    subject   BYTEA NOT NULL DEFAULT '' CHECK (octet_length(subject) IN (0, 32)),
    reason    TEXT NOT NULL,
    placed_at TIMESTAMPTZ NOT NULL,
    lifted_at TIMESTAMPTZ,
    CHECK ((kind = 'SUBJECT') = (octet_length(subject) = 32)),
    CHECK ((kind = 'MONTH') = (retention <> '' AND month <> ''))
);

CREATE INDEX ledger_hold_active ON ledger_hold (kind) WHERE lifted_at IS NULL;

-- What was erased and why; whose it was is not here. Final when the generations up to kek_gen are destroyed.
CREATE TABLE ledger_erasure (
    erasure_id UUID PRIMARY KEY,
    kind       TEXT NOT NULL CHECK (kind IN ('SUBJECT', 'MONTH')),
    retention  TEXT NOT NULL DEFAULT '',
    month      TEXT NOT NULL DEFAULT '',
    reason     TEXT NOT NULL,
    keys       INTEGER NOT NULL CHECK (keys > 0),
    kek_gen    INTEGER NOT NULL,
    erased_at  TIMESTAMPTZ NOT NULL
);

CREATE INDEX ledger_erasure_newest ON ledger_erasure (erased_at, erasure_id);

-- One row for each 1,024 entries, in order from block 0, behind the log: keyed tokens of what the entries say of party,
-- dataset, job, decision and type; the keys they are sealed under; the earliest and latest time they tell. A block with an
-- erased key is emptied in the erasure's transaction and built again without it.
CREATE TABLE ledger_block_filter (
    log_id   SMALLINT NOT NULL,
    block    BIGINT NOT NULL CHECK (block >= 0),
    built    BOOLEAN NOT NULL,
    tokens   BIGINT[] NOT NULL,
    keys     UUID[] NOT NULL,
    earliest TIMESTAMPTZ NOT NULL,
    latest   TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (log_id, block)
);

CREATE INDEX ledger_block_filter_tokens ON ledger_block_filter USING GIN (tokens);
CREATE INDEX ledger_block_filter_keys ON ledger_block_filter USING GIN (keys);
CREATE INDEX ledger_block_filter_unbuilt ON ledger_block_filter (log_id, block) WHERE NOT built;
