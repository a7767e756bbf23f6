-- Collective keys: ceremonies, the epochs that came of them, and the boards of both ceremonies and tag rounds.

-- A bulletin board: a key ceremony (kc_) or a tag round (tr_). Signed messages stay as they came, for ever: they are evidence.
CREATE TABLE audience_board (
    board     text PRIMARY KEY,
    opened_at timestamptz NOT NULL
);

CREATE TABLE audience_message (
    board     text NOT NULL REFERENCES audience_board,
    place     integer NOT NULL CHECK (place >= 1),
    type      text NOT NULL,
    party     text NOT NULL,
    hash      bytea NOT NULL CHECK (octet_length(hash) = 32),
    content   text NOT NULL,
    posted_at timestamptz NOT NULL,
    PRIMARY KEY (board, place),
    UNIQUE (board, type, party),
    UNIQUE (board, hash)
);

-- The large parts that messages name. The bytes are in the data directory under their hash.
CREATE TABLE audience_blob (
    board     text NOT NULL REFERENCES audience_board,
    hash      bytea NOT NULL CHECK (octet_length(hash) = 32),
    party     text NOT NULL,
    bytes     integer NOT NULL CHECK (bytes >= 1),
    stored_at timestamptz NOT NULL,
    PRIMARY KEY (board, hash)
);

CREATE INDEX audience_blob_of_hash ON audience_blob (hash);

CREATE SEQUENCE audience_key_epoch_number;

-- key_epoch: the number the key will have; an aborted ceremony's is never used. stage_at: since when the step is open.
CREATE TABLE audience_ceremony (
    ceremony    text PRIMARY KEY REFERENCES audience_board (board),
    key_epoch   bigint NOT NULL UNIQUE CHECK (key_epoch >= 1),
    roster      text NOT NULL,
    roster_hash bytea NOT NULL CHECK (octet_length(roster_hash) = 32),
    state       text NOT NULL CHECK (state IN ('OPEN', 'FINISHED', 'ABORTED')),
    fault       text,
    faulty      text,
    event_id    uuid NOT NULL,
    opened_at   timestamptz NOT NULL,
    stage_at    timestamptz NOT NULL,
    ended_at    timestamptz,
    CHECK ((state = 'OPEN') = (ended_at IS NULL)),
    CHECK ((state = 'ABORTED') = (fault IS NOT NULL))
);

-- One at a time.
CREATE UNIQUE INDEX audience_ceremony_open ON audience_ceremony (state) WHERE state = 'OPEN';

CREATE TABLE audience_key_epoch (
    key_epoch     bigint PRIMARY KEY,
    ceremony      text NOT NULL UNIQUE REFERENCES audience_ceremony,
    state         text NOT NULL CHECK (state IN ('ACTIVE', 'RETIRED', 'COMPROMISED')),
    public_key    bytea NOT NULL CHECK (octet_length(public_key) = 32),
    transcript    bytea NOT NULL CHECK (octet_length(transcript) = 32),
    openings_used integer NOT NULL CHECK (openings_used >= 0),
    openings_max  integer NOT NULL CHECK (openings_max >= openings_used),
    event_id      uuid NOT NULL,
    created_at    timestamptz NOT NULL,
    ended_at      timestamptz,
    reason        text,
    CHECK ((state = 'ACTIVE') = (ended_at IS NULL)),
    CHECK ((state = 'ACTIVE') = (reason IS NULL))
);
