package io.tamis.ledger.anchor;

import io.tamis.data.Code;
import java.util.Objects;

/** Number and price of a transaction. Of all transactions of one account with one number, the chain takes one. */
public record Slot(long nonce, Fee fee) {
    public Slot {
        Objects.requireNonNull(fee);
        if (nonce < 0) {
            throw new AnchorException(Code.INVALID_REQUEST);
        }
    }
}
