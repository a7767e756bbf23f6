package io.tamis.he.threshold;

import io.tamis.data.Hash;
import io.tamis.he.Bfv;
import java.util.List;

/**
 * A holder's whole answer to a ticket: {@link ShareHeader}, then for each aggregate, in the ticket's order, its hash and the
 * packed polynomials of its share. The holder's Ed25519 signature over all of it stands behind
 * ({@link io.tamis.he.SignedBody}).
 */
public sealed interface HolderShares permits ShareFile, SwitchFile {
    /** What is answered. */
    ShareHeader header();

    /** The aggregates that are opened, in order, none twice. */
    List<Hash> aggregates();

    /** The bytes to sign. */
    byte[] bytes(Bfv scheme);

    /** Length of a file of so many shares. */
    static int length(Bfv scheme, ShareKind kind, int count) {
        return ShareForm.length(scheme, kind, count);
    }

    /**
     * Reads a file of this kind, and of no other, for a ticket that asked for so many shares; its length is compared before
     * anything is allocated. The signature is checked before, ticket, epoch and active set by the caller after.
     */
    static HolderShares read(Bfv scheme, ShareKind kind, int expectedCount, byte[] file) {
        return switch (kind) {
            case PLAIN -> ShareFile.read(scheme, expectedCount, file);
            case SWITCH -> SwitchFile.read(scheme, expectedCount, file);
        };
    }
}
