package io.tamis.holder.ticket;

import java.util.Arrays;
import java.util.Optional;

/**
 * Why a key holder gives no share. The name is the stable code (docs/key-holders.md); it tells the server nothing of a
 * person that the server did not know, since all of it is computed from what the server sent. Cryptographic failures look
 * alike: {@link #INPUT_NOT_PASSED} covers a bad form, a bad signature and a slot that no audit passed.
 */
public enum HolderRefusal {
    /** The server's signature is not by the roster's key. */
    TICKET_SIGNATURE(1),
    /** Another roster than the holder's. */
    ROSTER_UNKNOWN(1),
    /** A key epoch that the holder has no share of, or that is retired or compromised. */
    KEY_EPOCH(1),
    /** Not yet, or no longer, valid; or valid for longer than a ticket may be. */
    TICKET_EXPIRED(1),
    /** Another policy bundle than the holder's. */
    BUNDLE_UNKNOWN(1),
    /** A dataset, column or tag that the holder's bundle or the passed round does not have. */
    DECLARATION_UNKNOWN(1),
    /** A tag whose signed scale or clamp is not the one that the holder's bundle declares. */
    DECLARATION_DIFFERS(1),
    /** Persons' tags asked as counts, counts asked under masks, or buckets that are not those the platform counted. */
    QUERY_KIND(1),
    /** The active set is not of the roster's members, sorted, each once, at least the threshold. */
    ACTIVE_SET(1),
    /** The holder is not in the active set. */
    NOT_ACTIVE(1),
    /** Merchant and a platform of the job are one party or under one control. */
    COMMON_CONTROL(1),
    /** A needed approval is missing, its entry is not proven, or its giver is the asker. */
    APPROVAL_MISSING(1),
    /** The ticket is not what the question in it says, or the ledger's job is of another question. */
    QUESTION_DIFFERS(1),
    /** The bytes of the key that the sums are to be opened to are not to be had, not the ones named, or not a key. */
    RESULT_KEY(1),
    /** The holder's bundle does not permit this. */
    POLICY_DENIED(1),
    /** A ciphertext that is not well formed, not signed by its platform, or not in a slot that the holder passed. */
    INPUT_NOT_PASSED(2),
    /** A ciphertext or a dataset stands twice. */
    INPUT_REPEATED(2),
    /** A block of a tag is missing, or there is one too many. */
    INPUTS_INCOMPLETE(2),
    /** The re-executed sum has another hash. */
    AGGREGATE_DIFFERS(3),
    /** A mask of another length, with a bit where nobody stands, or empty. */
    MASK_MALFORMED(4),
    /** The ticket's cohort is below what level and declarations ask for, or a mask has fewer persons. */
    COHORT_TOO_SMALL(4),
    /** This aggregate was opened before by this active set, or stands twice in the ticket. */
    ALREADY_OPENED(5),
    /** This ticket id was answered with another content. */
    TICKET_CHANGED(5),
    /** This ledger charge paid for another ticket. */
    CHARGE_USED(5),
    /** The ledger does not have one entry that says: this ticket, for this charge, by these holders. */
    TICKET_UNRECORDED(5),
    /** Flooding this sum would not decrypt, or the numbers could wrap around. */
    NOISE_ADMISSION(6),
    /** The epoch has no openings left for this ticket. */
    OPENINGS_EXHAUSTED(6),
    /** Another flooding distance than the roster's. */
    LAMBDA(6),
    /** The stated bounds are below what declarations and masks give. */
    SENSITIVITY(7),
    /** The noise is less than price and bounds ask for, or the price more than was charged. */
    NOISE_TOO_LOW(7),
    /** The ledger's charge is missing, not proven, or not the ticket's. */
    CHARGE_MISSING(7),
    /** With what the holder has opened before, a cap of the holder's bundle would be passed. */
    BUDGET_EXHAUSTED(7);

    private final int item;

    HolderRefusal(int item) {
        this.item = item;
    }

    /** Which of the seven conditions of a ticket it is (docs/key-holders.md). */
    public int item() {
        return item;
    }

    /** The refusal with this name. */
    public static Optional<HolderRefusal> named(String name) {
        return Arrays.stream(values()).filter(code -> code.name().equals(name)).findFirst();
    }
}
