-- Jobs that wait for people: before they are queued for the owners of what they read, after their budget is spent for the
-- holders of a key.

ALTER TABLE job
    -- The entry that took the job in; NULL for jobs of before.
    ADD COLUMN submitted_event  UUID,
    ADD COLUMN deadline         TIMESTAMPTZ,
    ADD COLUMN approvals_needed INTEGER NOT NULL DEFAULT 0 CHECK (approvals_needed BETWEEN 0 AND 100),
    ADD CHECK (deadline IS NOT NULL OR state NOT IN ('AWAITING_APPROVAL', 'AWAITING_SHARES'));

CREATE INDEX job_deadline ON job (deadline) WHERE state IN ('AWAITING_APPROVAL', 'AWAITING_SHARES');

-- Whose approval a job needs. A party that is not here knows nothing of the job.
CREATE TABLE job_approver (
    job_id UUID NOT NULL REFERENCES job,
    party  TEXT NOT NULL,
    PRIMARY KEY (job_id, party)
);

CREATE INDEX job_approver_of_party ON job_approver (party, job_id);

-- What they said. A verdict counts under the bundle it was given under; one of a person and bundle is final.
CREATE TABLE job_approval (
    event_id    UUID PRIMARY KEY,
    job_id      UUID        NOT NULL REFERENCES job,
    party       TEXT        NOT NULL,
    person      TEXT        NOT NULL,
    department  TEXT        NOT NULL,
    verdict     TEXT        NOT NULL CHECK (verdict IN ('APPROVED', 'REJECTED')),
    reason      TEXT        NOT NULL CHECK (char_length(reason) BETWEEN 10 AND 500),
    bundle_hash TEXT        NOT NULL CHECK (length(bundle_hash) = 64),
    given_at    TIMESTAMPTZ NOT NULL,
    UNIQUE (job_id, bundle_hash, party, person)
);
