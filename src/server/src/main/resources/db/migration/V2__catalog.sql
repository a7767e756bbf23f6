-- Which bundle is in force: one row. The files of every bundle that ever was are in policy_bundle.
CREATE TABLE policy_active (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    hash bytea NOT NULL CHECK (octet_length(hash) = 32),
    event_id uuid NOT NULL,
    activated_at timestamptz NOT NULL
);

-- A folder of the data directory, <dataset>/<content hash>, and the wrapped key of its sealed files. Immutable; two
-- versions with the same content share it. Destroying the wrapped key destroys the L4 and L5 values for ever.
CREATE TABLE catalog_content (
    dataset text NOT NULL,
    content_hash bytea NOT NULL CHECK (octet_length(content_hash) = 32),
    kek text NOT NULL,
    kek_generation integer NOT NULL,
    wrapped_key bytea NOT NULL,
    PRIMARY KEY (dataset, content_hash)
);

-- upload_mac: keyed digest of the uploaded bytes, by which a repeated upload is known without importing it again.
-- commitment_salt: opens the commitment to content_hash in the ledger entry event_id to the owner.
CREATE TABLE catalog_version (
    dataset text NOT NULL,
    version integer NOT NULL CHECK (version BETWEEN 1 AND 1000000),
    content_hash bytea NOT NULL,
    upload_mac bytea NOT NULL CHECK (octet_length(upload_mac) = 32),
    commitment_salt bytea NOT NULL CHECK (octet_length(commitment_salt) = 32),
    event_id uuid NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (dataset, version),
    FOREIGN KEY (dataset, content_hash) REFERENCES catalog_content
);
