package io.tamis.log;

import java.util.Arrays;
import java.util.Optional;

/** What an entry tells. A writer uses these only; a reader meets other names as opaque ones. */
public enum EventType {
    /** Carries rule ids, therefore for officers only: merchants get codes. */
    ACCESS_DECIDED("access.decided"),
    /** Carries exact counts, therefore for officers only. */
    ACCESS_COMPLETED("access.completed"),
    /** An access outside this service, as the party's own gateway tells it: nobody here decided or saw it. */
    ACCESS_REPORTED("access.reported"),
    JOB_SUBMITTED("job.submitted"),
    JOB_FINISHED("job.finished"),
    REQUEST_REFUSED("request.refused"),
    HOLDER_REFUSED("holder.refused"),
    DRYRUN_ANSWERED("dryrun.answered"),
    APPROVAL_GIVEN("approval.given"),
    BUDGET_RESERVED("budget.reserved"),
    BUDGET_SCANNING("budget.scanning"),
    BUDGET_CHARGED("budget.charged"),
    BUDGET_RETURNED("budget.returned"),
    BUDGET_CAP_SET("budget.cap-set"),
    RELEASE_PUBLISHED("release.published"),
    RELEASE_DELIVERED("release.delivered"),
    POLICY_STAGED("policy.staged"),
    POLICY_SHADOWED("policy.shadowed"),
    POLICY_ACTIVATED("policy.activated"),
    POLICY_ROLLED_BACK("policy.rolled-back"),
    CATALOG_CHANGED("catalog.changed"),
    CONSENT_CHANGED("consent.changed"),
    SUBJECT_CHANGED("subject.changed"),
    ROLE_CHANGED("role.changed"),
    TAGS_COMMITTED("tags.committed"),
    TAGS_AUDITED("tags.audited"),
    TAGS_UPLOADED("tags.uploaded"),
    /** Key holders began to make a collective key, came to an end with it, or to none. */
    KEY_CEREMONY("key.ceremony"),
    KEY_CREATED("key.created"),
    /** Key holders were asked to open an aggregate. */
    TICKET_ISSUED("ticket.issued"),
    KEY_SHARE_USED("key.share-used"),
    KEY_DESTROYED("key.destroyed"),
    /** An officer placed, changed or lifted a legal hold. */
    HOLD_CHANGED("hold.changed"),
    REDLINE_VIOLATED("redline.violated"),
    COUNCIL_DECIDED("council.decided"),
    AUDIT_VIEWED("audit.viewed"),
    CORRECTION("correction"),
    LOG_OPENED("log.opened"),
    LOG_KEY("log.key"),
    LOG_CLOSED("log.closed");

    private final String wire;

    EventType(String wire) {
        this.wire = wire;
    }

    /** The name in the entry. */
    public String wire() {
        return wire;
    }

    /** True when no merchant or platform may read such an entry, not even of its own. */
    public boolean officerOnly() {
        return this == ACCESS_COMPLETED || this == ACCESS_DECIDED;
    }

    /** The type with this name. */
    public static Optional<EventType> fromWire(String name) {
        return Arrays.stream(values()).filter(type -> type.wire.equals(name)).findFirst();
    }
}
