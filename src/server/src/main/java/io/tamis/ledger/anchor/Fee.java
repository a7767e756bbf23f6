package io.tamis.ledger.anchor;

import io.tamis.data.Code;
import java.math.BigInteger;

/**
 * What a unit of gas may cost (EIP-1559), in wei.
 *
 * @param maxWei at most so much in all
 * @param tipWei of which so much for whoever makes the block
 */
public record Fee(BigInteger maxWei, BigInteger tipWei) {
    private static final BigInteger EIGHT = BigInteger.valueOf(8);
    private static final int BITS_MAX = 128;

    public Fee {
        if (tipWei.signum() < 0 || maxWei.compareTo(tipWei) < 0 || maxWei.bitLength() > BITS_MAX) {
            throw new AnchorException(Code.INVALID_REQUEST);
        }
    }

    /** An eighth more, and at least one wei: nodes take a replacement only when both parts rise by a tenth. */
    Fee raised() {
        return new Fee(raised(maxWei), raised(tipWei));
    }

    /** Of both parts the larger one. */
    Fee orMore(Fee other) {
        return new Fee(maxWei.max(other.maxWei), tipWei.max(other.tipWei));
    }

    /** The same, but no part above this limit. */
    Fee atMost(BigInteger wei) {
        return new Fee(maxWei.min(wei), tipWei.min(wei));
    }

    private static BigInteger raised(BigInteger wei) {
        return wei.add(wei.add(EIGHT).subtract(BigInteger.ONE).divide(EIGHT).max(BigInteger.ONE));
    }
}
