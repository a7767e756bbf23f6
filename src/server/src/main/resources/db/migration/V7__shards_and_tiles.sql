-- Batches by COPY: the sequencer, the only writer of ledger_event, holds the head's lock, and a key's row is committed before
-- anything is sealed under it and never deleted: the look-ups for each row protected nothing. The leaf was id and commitment
-- over again.
ALTER TABLE ledger_event
    DROP CONSTRAINT ledger_event_log_id_fkey,
    DROP CONSTRAINT ledger_event_key_id_fkey,
    DROP COLUMN leaf;

-- Which log an event was sealed for: one that waits over the year's end is sealed again for the next one.
ALTER TABLE ledger_outbox ADD COLUMN log_id SMALLINT NOT NULL DEFAULT 1;

-- Full tiles (C2SP tlog-tiles, 256 hashes), each written once in the transaction that fills it, never updated or deleted.
CREATE TABLE ledger_tile (
    log_id SMALLINT NOT NULL,
    level  SMALLINT NOT NULL CHECK (level BETWEEN 0 AND 7),
    idx    BIGINT NOT NULL CHECK (idx >= 0),
    data   BYTEA NOT NULL CHECK (octet_length(data) = 8192),
    PRIMARY KEY (log_id, level, idx)
);

-- Hashes do not compress, and a tile does not fit into a page with its row's header.
ALTER TABLE ledger_tile ALTER COLUMN data SET STORAGE EXTERNAL;
