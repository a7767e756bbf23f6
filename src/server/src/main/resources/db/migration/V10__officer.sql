-- The officer's side of the log: keys by retention class, month and person; legal holds; erasures; the search's filters.

-- What a data key seals. Keys of before have the empty class: they seal a month of everything, and are kept.
ALTER TABLE ledger_key
    ADD COLUMN retention TEXT NOT NULL DEFAULT '',
    ADD COLUMN month     TEXT NOT NULL DEFAULT '',
    ADD COLUMN subject   BYTEA NOT NULL DEFAULT '' CHECK (octet_length(subject) IN (0, 32)),
    ADD COLUMN part      INTEGER NOT NULL DEFAULT 1 CHECK (part BETWEEN 1 AND 9999);

CREATE INDEX ledger_key_place ON ledger_key (subject, retention, month, part);
CREATE INDEX ledger_key_due ON ledger_key (month, retention) WHERE wrapped IS NOT NULL;
