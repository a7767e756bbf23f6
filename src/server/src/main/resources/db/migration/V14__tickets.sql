-- Tickets: what key holders are asked to open, and what they answered. Of persons there are noised numbers only; masks, sums and
-- shares are files named by their hashes.

CREATE TABLE audience_ticket (
    ticket_id  UUID PRIMARY KEY,
    job_id     UUID        NOT NULL UNIQUE REFERENCES job,
    key_epoch  BIGINT      NOT NULL CHECK (key_epoch >= 1),
    state      TEXT        NOT NULL CHECK (state IN ('WAITING', 'OPEN', 'OPENED', 'REFUSED', 'FAILED', 'ENDED')),
    -- The ticket before it was issued: without evidence, with everybody as the active set.
    draft      TEXT        NOT NULL,
    -- As issued, with the server's signature.
    signed     TEXT,
    terms      TEXT        NOT NULL,
    users      TEXT        NOT NULL,
    segments   TEXT        NOT NULL,
    opened_max BIGINT      NOT NULL CHECK (opened_max >= 0),
    evidence   UUID[]      NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    issued_at  TIMESTAMPTZ,
    CHECK (state <> 'OPEN' OR signed IS NOT NULL)
);

CREATE INDEX audience_ticket_moving ON audience_ticket (state, created_at) WHERE state IN ('WAITING', 'OPEN');

-- The active set of an issued ticket. A holder answers once.
CREATE TABLE audience_answer (
    ticket_id   UUID NOT NULL REFERENCES audience_ticket,
    party       TEXT NOT NULL,
    share       BYTEA CHECK (octet_length(share) = 32),
    refusal     TEXT CHECK (length(refusal) BETWEEN 1 AND 64),
    answered_at TIMESTAMPTZ,
    PRIMARY KEY (ticket_id, party),
    CHECK (share IS NULL OR refusal IS NULL),
    CHECK ((share IS NULL AND refusal IS NULL) = (answered_at IS NULL))
);

CREATE INDEX audience_answer_of_party ON audience_answer (party) WHERE share IS NULL AND refusal IS NULL;

-- When a key holder last asked for tickets.
CREATE TABLE audience_sighting (
    party   TEXT PRIMARY KEY,
    seen_at TIMESTAMPTZ NOT NULL
);
