package io.tamis.data;

import java.util.Locale;

/**
 * Every code a caller can meet, with its fixed public text and HTTP status (RFC 9457 section 3.1). The text never carries
 * a value, a count, an id, SQL or a parser's words; {@code docs/errors.md} has a row for each code, held equal by a test.
 */
public enum Code {
    INVALID_REQUEST(400, "The request is not of the documented form."),
    UNKNOWN_FIELD(400, "The request has a field that is not documented."),
    TOO_LARGE(400, "The request is over a documented limit."),
    DIGEST_MISMATCH(400, "The body does not have the digest that was sent with it."),
    UNAUTHENTICATED(401, "A valid bearer token is needed."),
    ROLE_REQUIRED(403, "This role may not do this."),
    NOT_MEMBER(403, "This party is not a member here."),
    SELF_APPROVAL(403, "Nobody approves their own request."),
    SAME_DEPARTMENT(403, "The two approvals must come from two departments."),
    NOT_FOUND(404, "There is nothing here that this caller may see."),
    METHOD_NOT_ALLOWED(405, "This method is not offered here."),
    NOT_ACCEPTABLE(406, "None of the accepted media types is offered here."),
    JOB_REQUEST_REUSED(409, "This jobRequestId was used with another body."),
    STATE_CONFLICT(409, "The resource is not in a state that allows this."),
    RETENTION_DUTY(409, "This has to be kept for now."),
    LEGAL_HOLD(409, "A legal hold covers this."),
    SUBJECT_CHANGED(409, "What was to be approved has changed since it was read."),
    TICKET_ALREADY_OPENED(409, "This ticket has been opened before."),
    KEY_EPOCH_MISSING(409, "There is no key epoch in force that this could be done in."),
    SLOT_REFUSED(409, "No audit has passed for this slot, or another ciphertext is in it."),
    VERSION_EXISTS(409, "This version exists with other content."),
    RESULT_EXPIRED(410, "The result is past its time to live."),
    VERSION_MISMATCH(412, "The resource is not at the version the request names."),
    UNSUPPORTED_MEDIA_TYPE(415, "This media type is not understood here."),
    BAD_ROW(422, "A row of the upload does not fit the declaration."),
    CIPHERTEXT_REJECTED(422, "A ciphertext of the upload is not well formed."),
    SQL_NOT_UNDERSTOOD(422, "The query is not understood."),
    LABEL_L5_USE(422, "A column is used beyond what its level allows."),
    LABEL_GROUP_KEY(422, "A column may not be a group key here."),
    NO_PRIVACY_UNIT(422, "The dataset declares no privacy unit."),
    JOIN_NOT_ON_UNIT(422, "Datasets join on the privacy unit only."),
    OP_NOT_ALLOWED(422, "An operation is not allowed."),
    AGG_NOT_ALLOWED(422, "An aggregate is not allowed on this column."),
    NO_BOUNDS(422, "The column declares no bounds."),
    MAY_FAIL_AT_RUNTIME(422, "The plan could fail depending on the data."),
    TAGS_MISSING(422, "The tags of a dataset are not all uploaded in this key epoch."),
    COMMON_CONTROL(422, "The party that asks and a party that answers are under one control."),
    RESULT_KEY_UNKNOWN(422, "The result key is not one that the party has registered for these encryption parameters."),
    NEEDS_PUBLIC_GROUPS(422, "This needs group keys with a declared domain."),
    PLAN_TOO_LARGE(422, "The plan is over a documented limit."),
    POLICY_DENIED(422, "The policy does not permit this."),
    PURPOSE_NOT_CONSENTED(422, "The consent does not cover this purpose."),
    PIA_MISSING(422, "No valid impact assessment covers this purpose."),
    CROSS_BORDER(422, "Personal data may not leave the region."),
    LIST_TOO_SMALL(422, "The caller's own list is too small."),
    LIST_DELTA_TOO_SMALL(422, "The caller's own list differs too little from an earlier one."),
    SEED_TOO_SMALL(422, "The caller's own seed is too small."),
    BUDGET_EXHAUSTED(422, "The privacy budget does not cover this."),
    BELOW_UTILITY_FLOOR(422, "The noise would drown the answer; ask with more budget or fewer cells."),
    RATE_LIMITED(429, "Too many requests; try again later."),
    INTERNAL(500, "Something went wrong on our side."),
    LEDGER_UNAVAILABLE(503, "The ledger does not acknowledge, so nothing is shown."),
    WITNESS_UNAVAILABLE(503, "Too few witnesses have cosigned the ledger, so nothing of this level is read or shown."),
    NOT_READY(503, "The service is not ready."),
    /** Causes of a job's end, never the code of a response. */
    JOB_FAILED(200, "The job failed after its scan had begun; the budget is charged."),
    TIMED_OUT(200, "The job took longer than it may; the budget is charged if its scan had begun."),
    APPROVAL_REJECTED(200, "An approver rejected the job."),
    APPROVAL_EXPIRED(200, "No approval came in time."),
    CANCELLED(200, "The job was cancelled; the budget is charged if its scan had begun."),
    RELEASE_DENIED(200, "The policy in force at release does not permit the result."),
    HOLDER_REFUSED(200, "A key holder refused its share after its own checks; the budget is charged."),
    /** Printed at start, never sent over HTTP. */
    DATA_DIR_IN_USE(0, "Another server uses this data directory."),
    PORT_IN_USE(0, "The port is taken, or is not a port."),
    DATABASE_MISSING(0, "No database is configured."),
    DATABASE_FORGETFUL(0, "The database does not force commits to disk: fsync and synchronous_commit must be on."),
    POLICY_MISSING(0, "No valid policy bundle is configured."),
    KEYS_MISSING(0, "No key store is configured, or it does not open."),
    LEDGER_NAME_MISSING(0, "The ledger has no name of its own."),
    ISSUER_MISSING(0, "No token issuer is configured."),
    ANCHOR_REFUSED(0, "The chain or the submitter's key is not one the ledger may be anchored with."),
    WITNESS_INVALID(0, "The witnesses are not configured as documented."),
    DEMO_KEY_REFUSED(0, "A demonstration key is not accepted in production.");

    private final int status;
    private final String title;

    Code(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /** The HTTP status of a response with this code; 200 marks a cause of a job's end, 0 a start-up code. */
    public int status() {
        return status;
    }

    /** The fixed text shown to callers. */
    public String title() {
        return title;
    }

    /** Where the code is explained. */
    public String documentation() {
        return "docs/errors.md#" + name().toLowerCase(Locale.ROOT);
    }
}
