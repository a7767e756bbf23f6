package io.tamis.ledger.anchor;

import io.tamis.data.Code;
import io.tamis.data.Hash;
import java.util.Objects;

/**
 * A signed transaction: public, as anybody sees it on the chain.
 *
 * @param transaction its hash
 * @param raw what is sent, 0x and hexadecimal digits
 */
public record SignedAnchor(Hash transaction, String raw, Slot slot) {
    private static final int RAW_MAX = 16_384;

    public SignedAnchor {
        Objects.requireNonNull(transaction);
        Objects.requireNonNull(slot);
        if (!raw.startsWith("0x") || raw.length() > RAW_MAX) {
            throw new AnchorException(Code.INVALID_REQUEST);
        }
    }
}
