-- Agreements of several parties. terms: the RFC 8785 text whose digest the members sign, with everything that never changes;
-- key_epoch: 0 until all have signed.
CREATE TABLE collaboration (
    collaboration  text PRIMARY KEY,
    creator        text NOT NULL,
    state          text NOT NULL CHECK (state IN ('DRAFT', 'ACTIVE', 'CLOSED')),
    terms          text NOT NULL,
    agreement_hash bytea NOT NULL CHECK (octet_length(agreement_hash) = 32),
    key_epoch      integer NOT NULL CHECK (key_epoch >= 0),
    event_id       uuid NOT NULL,
    created_at     timestamptz NOT NULL,
    closed_at      timestamptz,
    closure_reason text,
    CHECK ((state = 'CLOSED') = (closed_at IS NOT NULL)),
    CHECK (state <> 'ACTIVE' OR key_epoch > 0)
);

CREATE INDEX collaboration_of_creator ON collaboration (creator) WHERE state <> 'CLOSED';

CREATE TABLE collaboration_member (
    collaboration text NOT NULL REFERENCES collaboration,
    party         text NOT NULL,
    signed_at     timestamptz,
    withdrawn_at  timestamptz,
    PRIMARY KEY (collaboration, party)
);

CREATE INDEX collaboration_of_party ON collaboration_member (party, collaboration);

-- The pseudonym key of each epoch, wrapped by a key outside the database. NULL: destroyed, and with it the way from an
-- identifier to a pseudonym.
CREATE TABLE collaboration_key (
    key_id         uuid PRIMARY KEY,
    collaboration  text NOT NULL REFERENCES collaboration,
    epoch          integer NOT NULL CHECK (epoch >= 1),
    kek_generation integer NOT NULL CHECK (kek_generation >= 1),
    wrapped        bytea,
    created_at     timestamptz NOT NULL,
    destroyed_at   timestamptz,
    UNIQUE (collaboration, epoch),
    CHECK ((wrapped IS NULL) = (destroyed_at IS NOT NULL))
);

-- Versions of datasets in collaborations. A row outlives its detachment: the rules about a day's versions read it. wrapped:
-- the key of its link files; NULL: destroyed, what is left of the files is worthless.
CREATE TABLE collaboration_attachment (
    event_id       uuid PRIMARY KEY,
    collaboration  text NOT NULL REFERENCES collaboration,
    dataset        text NOT NULL,
    version        integer NOT NULL CHECK (version BETWEEN 1 AND 1000000),
    key_epoch      integer NOT NULL CHECK (key_epoch >= 1),
    owner          text NOT NULL,
    semantic       text NOT NULL,
    content_hash   bytea NOT NULL CHECK (octet_length(content_hash) = 32),
    units          bigint NOT NULL CHECK (units >= 0),
    key_id         uuid NOT NULL UNIQUE,
    kek_generation integer NOT NULL CHECK (kek_generation >= 1),
    wrapped        bytea,
    attached_at    timestamptz NOT NULL,
    detached_at    timestamptz,
    CHECK ((wrapped IS NULL) = (detached_at IS NOT NULL))
);

CREATE UNIQUE INDEX collaboration_attached ON collaboration_attachment (collaboration, dataset, version, key_epoch)
    WHERE detached_at IS NULL;
CREATE INDEX collaboration_attachment_of_dataset ON collaboration_attachment (dataset, attached_at);
