package io.tamis.log;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * How long an entry's content has to be kept and may be kept. A class and a month share a key, so that what is due goes
 * together; how long that is, the service's configuration says.
 */
public enum Retention {
    /** Who reached for what: gateways' accesses, questions that read nothing, refusals, an officer's own reading. */
    ACCESS,

    /** What was decided, done and released, and what people agreed to: the proof of lawful processing. */
    DECISIONS,

    /** Budgets and the rules they were spent under: a lifetime's budget can be added up only while all its charges can be read. */
    ACCOUNTS,

    /** What the log says about itself and its keys. It names no person, and an erasure without its record would be tampering. */
    PERMANENT;

    /** The class of events of this type. */
    public static Retention of(EventType type) {
        return switch (type) {
            case ACCESS_REPORTED, REQUEST_REFUSED, DRYRUN_ANSWERED, AUDIT_VIEWED -> ACCESS;
            case ACCESS_DECIDED,
                    ACCESS_COMPLETED,
                    JOB_SUBMITTED,
                    JOB_FINISHED,
                    HOLDER_REFUSED,
                    APPROVAL_GIVEN,
                    RELEASE_PUBLISHED,
                    RELEASE_DELIVERED,
                    CONSENT_CHANGED,
                    SUBJECT_CHANGED,
                    TICKET_ISSUED,
                    KEY_SHARE_USED,
                    REDLINE_VIOLATED,
                    COUNCIL_DECIDED -> DECISIONS;
            case BUDGET_RESERVED,
                    BUDGET_SCANNING,
                    BUDGET_CHARGED,
                    BUDGET_RETURNED,
                    BUDGET_CAP_SET,
                    POLICY_STAGED,
                    POLICY_SHADOWED,
                    POLICY_ACTIVATED,
                    POLICY_ROLLED_BACK,
                    CATALOG_CHANGED,
                    ROLE_CHANGED,
                    KEY_CEREMONY,
                    TAGS_COMMITTED,
                    TAGS_AUDITED,
                    TAGS_UPLOADED -> ACCOUNTS;
            case KEY_CREATED, KEY_DESTROYED, HOLD_CHANGED, CORRECTION, LOG_OPENED, LOG_KEY, LOG_CLOSED -> PERMANENT;
        };
    }

    /** The class with this name. */
    public static Optional<Retention> fromWire(String name) {
        return Arrays.stream(values())
                .filter(retention -> retention.wire().equals(name))
                .findFirst();
    }

    /** The name in configuration, requests and answers. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
