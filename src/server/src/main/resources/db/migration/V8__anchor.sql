-- What was sent to the chain, and what stands there. The chain is the source of truth: this table remembers which transactions
-- are ours, so that a restart or another replica goes on with them, and answers readers without asking the chain.

CREATE TABLE ledger_anchor (
    id         BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    origin     TEXT NOT NULL,
    size       BIGINT NOT NULL CHECK (size >= 1),
    root       BYTEA NOT NULL CHECK (octet_length(root) = 32),
    chain_id   BIGINT NOT NULL CHECK (chain_id >= 1),
    contract   TEXT NOT NULL CHECK (contract ~ '^0x[0-9a-f]{40}$'),
    chain_log  BYTEA NOT NULL CHECK (octet_length(chain_log) = 32),
    -- Absent when the head was found on the chain without a transaction of ours.
    nonce      BIGINT CHECK (nonce >= 0),
    tx_hash    BYTEA UNIQUE CHECK (octet_length(tx_hash) = 32),
    -- The signed transaction, until it is settled: whoever goes on with it sends it again.
    raw        TEXT CHECK (length(raw) <= 16384),
    fee_max    NUMERIC(39),
    fee_tip    NUMERIC(39),
    -- SENT: waits, its number's newest. REPLACED: waits, another of the same number pays more. MINED: in a block that is not
    -- final. FINAL: anchored. REVERTED: refused by the contract. DROPPED: another one had its number. ORPHANED: was FINAL, and
    -- the chain has gone back behind it.
    state      TEXT NOT NULL CHECK (state IN ('SENT', 'REPLACED', 'MINED', 'FINAL', 'REVERTED', 'DROPPED', 'ORPHANED')),
    sent_at    TIMESTAMPTZ NOT NULL,
    final_at   TIMESTAMPTZ,
    block_no   BIGINT CHECK (block_no >= 0),
    block_hash BYTEA CHECK (octet_length(block_hash) = 32),
    CHECK ((tx_hash IS NULL) = (nonce IS NULL)),
    CHECK (state NOT IN ('SENT', 'REPLACED', 'MINED') OR raw IS NOT NULL)
);

-- Two replicas that both believe to lead never send two transactions with one number as their newest.
CREATE UNIQUE INDEX ledger_anchor_slot ON ledger_anchor (chain_id, contract, nonce) WHERE state = 'SENT';
CREATE INDEX ledger_anchor_open ON ledger_anchor (chain_id, contract, id) WHERE state IN ('SENT', 'REPLACED', 'MINED');
CREATE INDEX ledger_anchor_final ON ledger_anchor (origin, size) WHERE state = 'FINAL';

-- The contract a demonstration has deployed by itself; never written in production.
CREATE TABLE ledger_notary (
    chain_id   BIGINT NOT NULL,
    contract   TEXT NOT NULL CHECK (contract ~ '^0x[0-9a-f]{40}$'),
    tx_hash    BYTEA NOT NULL CHECK (octet_length(tx_hash) = 32),
    created_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (chain_id, contract)
);
