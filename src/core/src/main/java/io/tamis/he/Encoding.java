package io.tamis.he;

/** What the plaintext coefficients of a ciphertext are. The byte stands in the header. */
public enum Encoding {
    /** Tags of users by position: {@code T(X) = sum t_i X^i}; coefficient 0 of a product with a mask is the sum. */
    TAGS(1),
    /** Counts of buckets, one a coefficient. */
    BUCKETS(2),
    /** Batched slots of a prime t (SEAL's layout). Test use: no collective key encrypts in it. */
    SLOTS(3);

    private final int wire;

    Encoding(int wire) {
        this.wire = wire;
    }

    int wire() {
        return wire;
    }

    /** The encoding of a header; slots are for comparisons in one process and never read from outside. */
    static Encoding ofWire(int wire) {
        for (var encoding : values()) {
            if (encoding.wire == wire && encoding != SLOTS) {
                return encoding;
            }
        }
        throw HeException.rejected();
    }
}
