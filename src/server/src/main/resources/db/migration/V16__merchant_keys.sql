-- Public keys to which key holders open sums, so that this service cannot read them. Their bytes are files named by their hashes.
CREATE TABLE audience_merchant_key (
    party         text NOT NULL,
    hash          bytea NOT NULL CHECK (octet_length(hash) = 32),
    params        bytea NOT NULL CHECK (octet_length(params) = 32),
    event_id      uuid NOT NULL,
    registered_at timestamptz NOT NULL,
    PRIMARY KEY (party, hash)
);
