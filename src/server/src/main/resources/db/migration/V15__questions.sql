-- What a job asks, as owners approve it and key holders check it, and one entry for each ticket.

-- Where the policy was told the answer goes, when the job came in: a part of its question.
ALTER TABLE job ADD COLUMN region TEXT NOT NULL DEFAULT 'DOMESTIC' CHECK (region IN ('DOMESTIC', 'ABROAD'));
ALTER TABLE job ALTER COLUMN region DROP DEFAULT;

-- Approvals of before are of another subject, and tickets of before have no question: no holder takes them.
DELETE FROM audience_answer;
DELETE FROM audience_ticket;

ALTER TABLE audience_ticket
    -- The entry ticket.issued, which names the active set; its proof is part of the ticket.
    ADD COLUMN issue_event UUID,
    DROP CONSTRAINT audience_ticket_state_check,
    ADD CONSTRAINT audience_ticket_state_check
        CHECK (state IN ('WAITING', 'ISSUING', 'OPEN', 'OPENED', 'REFUSED', 'FAILED', 'ENDED')),
    ADD CHECK (state NOT IN ('ISSUING', 'OPEN') OR issue_event IS NOT NULL);

DROP INDEX audience_ticket_moving;
CREATE INDEX audience_ticket_moving ON audience_ticket (state, created_at) WHERE state IN ('WAITING', 'ISSUING', 'OPEN');
