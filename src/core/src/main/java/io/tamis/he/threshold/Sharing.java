package io.tamis.he.threshold;

import io.tamis.he.HeException;
import java.math.BigInteger;

/**
 * How the secret key is spread over holders.
 *
 * @param form whether shares add up or lie on polynomials
 * @param threshold how many open, 2 (1 for a single holder) to holders
 * @param holders how many there are, 1 to 8
 */
public record Sharing(Form form, int threshold, int holders) {
    /** The two forms. */
    public enum Form {
        /** The secret is the sum of all shares: everybody is needed. */
        ADDITIVE(1),
        /** The secret is the value at 0 of a polynomial of degree threshold-1. */
        SHAMIR(2);

        private final int wire;

        Form(int wire) {
            this.wire = wire;
        }
    }

    /** A valid sharing. */
    public Sharing {
        HeException.require(holders >= 1 && holders <= HolderIndex.MAX && threshold >= 1 && threshold <= holders);
        HeException.require(threshold >= 2 || holders == 1);
        HeException.require(form == Form.SHAMIR || threshold == holders);
    }

    /** All of these holders together. */
    public static Sharing additive(int holders) {
        return new Sharing(Form.ADDITIVE, holders, holders);
    }

    /** Any threshold of the holders. */
    public static Sharing shamir(int threshold, int holders) {
        return new Sharing(Form.SHAMIR, threshold, holders);
    }

    /** Whether this set of holders can open. */
    public boolean opensWith(ActiveSet active) {
        return active.members().getLast().number() <= holders && active.size() >= threshold;
    }

    /** What holder j multiplies its share by, modulo q, when the set opens together: in [0, q). */
    long factor(HolderIndex j, ActiveSet active, long q) {
        return switch (form) {
            case ADDITIVE -> BigInteger.ONE.mod(BigInteger.valueOf(q)).longValueExact();
            case SHAMIR -> active.lagrange(j, q);
        };
    }

    int wire() {
        return form.wire;
    }

    static Sharing ofWire(int form, int threshold, int holders) {
        HeException.accept(form == Form.ADDITIVE.wire || form == Form.SHAMIR.wire);
        try {
            return new Sharing(form == Form.ADDITIVE.wire ? Form.ADDITIVE : Form.SHAMIR, threshold, holders);
        } catch (HeException outside) {
            throw HeException.rejected();
        }
    }
}
