package io.tamis.he.threshold;

/**
 * What the shares of a file are for. The byte stands in the header, under the holder's signature: a share that opens for the
 * service is never taken for one that opens for a merchant, or the other way round.
 */
public enum ShareKind {
    /** One polynomial an aggregate; whoever has all of them reads the value. */
    PLAIN(1, 1),
    /** Two polynomials an aggregate; with all of them only the merchant's secret reads the value. */
    SWITCH(2, 2);

    private final int wire;
    private final int polynomials;

    ShareKind(int wire, int polynomials) {
        this.wire = wire;
        this.polynomials = polynomials;
    }

    byte wire() {
        return (byte) wire;
    }

    /** How many polynomials one share has. */
    int polynomials() {
        return polynomials;
    }
}
