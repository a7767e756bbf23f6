-- What witnesses have said of our checkpoints. Rows are inserted and never updated; whoever reads one verifies it, so that a
-- row somebody has put here counts for nothing.
CREATE TABLE ledger_cosignature (
    origin    TEXT NOT NULL CHECK (length(origin) <= 128),
    size      BIGINT NOT NULL CHECK (size >= 0),
    -- The witness's key in its one-line form: a witness with a new key is another witness.
    witness   TEXT NOT NULL CHECK (length(witness) <= 512),
    -- The value of the note's signature line: base64 of key id, time and signature.
    value     TEXT NOT NULL CHECK (length(value) <= 8192),
    seen_at   TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (origin, size, witness)
);

-- The decision on a job that reads a column of level 4 or 5: witnesses must have cosigned a checkpoint that covers it before
-- anything is read. NULL for all other jobs.
ALTER TABLE job ADD COLUMN witnessed_event UUID;
