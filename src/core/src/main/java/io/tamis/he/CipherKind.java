package io.tamis.he;

/** How the body of a ciphertext is written. The byte stands in the header. */
public enum CipherKind {
    /** c0 and c1, made with a public key. */
    PUBLIC_KEY(1),
    /** A 32-byte seed of c1, then c0: half the size, made by the only holder of the whole secret key. */
    SEEDED(2);

    private final int wire;

    CipherKind(int wire) {
        this.wire = wire;
    }

    int wire() {
        return wire;
    }

    static CipherKind ofWire(int wire) {
        for (var kind : values()) {
            if (kind.wire == wire) {
                return kind;
            }
        }
        throw HeException.rejected();
    }
}
