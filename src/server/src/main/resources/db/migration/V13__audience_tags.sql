-- Encrypted tags: the order of a version's persons, rounds of cut and choose, ciphertexts.

-- The order of the persons of a version. The positions are in the data directory; positions: their SHA-256.
CREATE TABLE catalog_order (
    dataset      text NOT NULL,
    version      integer NOT NULL CHECK (version BETWEEN 1 AND 1000000),
    content_hash bytea NOT NULL CHECK (octet_length(content_hash) = 32),
    order_hash   bytea NOT NULL CHECK (octet_length(order_hash) = 32),
    persons      integer NOT NULL CHECK (persons >= 0),
    positions    bytea NOT NULL CHECK (octet_length(positions) = 32),
    computed_at  timestamptz NOT NULL,
    PRIMARY KEY (dataset, version)
);

-- One try of a platform to have its slots of a version passed in a key epoch. closed: the steps whose time is over; refuted:
-- the holders whose accusation was found wrong; fault: of a failed platform.
CREATE TABLE audience_round (
    round      text PRIMARY KEY REFERENCES audience_board (board),
    key_epoch  bigint NOT NULL REFERENCES audience_key_epoch,
    dataset    text NOT NULL,
    version    integer NOT NULL CHECK (version BETWEEN 1 AND 1000000),
    try        integer NOT NULL CHECK (try >= 1),
    party      text NOT NULL,
    order_hash bytea NOT NULL CHECK (octet_length(order_hash) = 32),
    persons    integer NOT NULL CHECK (persons >= 1),
    blocks     integer NOT NULL CHECK (blocks >= 1),
    slots      integer NOT NULL CHECK (slots >= 1),
    bytes      bigint NOT NULL CHECK (bytes >= 1),
    state      text NOT NULL CHECK (state IN ('COINS', 'REVEALS', 'OPENING', 'VERDICTS', 'PASSED', 'FAILED', 'VOID')),
    fault      text NOT NULL,
    closed     text NOT NULL,
    refuted    text NOT NULL,
    event_id   uuid NOT NULL,
    opened_at  timestamptz NOT NULL,
    state_at   timestamptz NOT NULL,
    UNIQUE (key_epoch, dataset, version, try)
);

-- One at a time, and none beside the one that has passed.
CREATE UNIQUE INDEX audience_round_standing ON audience_round (key_epoch, dataset, version)
    WHERE state NOT IN ('FAILED', 'VOID');

CREATE INDEX audience_round_of_party ON audience_round (party);

-- Columns of a round, in the order of its slots: slot = place * blocks + block.
CREATE TABLE audience_tag (
    round   text NOT NULL REFERENCES audience_round,
    place   integer NOT NULL CHECK (place >= 0),
    name    text NOT NULL,
    spec    text NOT NULL,
    PRIMARY KEY (round, place),
    UNIQUE (round, name)
);

-- What is in a slot, for ever. hash: of all bytes as they were uploaded, and their name in the data directory.
CREATE TABLE audience_ciphertext (
    round     text NOT NULL REFERENCES audience_round,
    slot      integer NOT NULL CHECK (slot >= 0),
    key_epoch bigint NOT NULL,
    hash      bytea NOT NULL CHECK (octet_length(hash) = 32),
    body_hash bytea NOT NULL CHECK (octet_length(body_hash) = 32),
    event_id  uuid NOT NULL,
    stored_at timestamptz NOT NULL,
    PRIMARY KEY (round, slot),
    UNIQUE (hash),
    UNIQUE (key_epoch, body_hash)
);
