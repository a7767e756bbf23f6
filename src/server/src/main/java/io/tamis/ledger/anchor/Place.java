package io.tamis.ledger.anchor;

import io.tamis.data.Code;
import io.tamis.data.Hash;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Where a log stands: chain, contract, and the log's name in the contract.
 *
 * @param chainId EIP-155 number of the chain, at least 1
 * @param contract the notary's address, 0x and 40 lower-case hexadecimal digits
 * @param log what the contract knows the log by
 */
public record Place(long chainId, String contract, Hash log) {
    private static final Pattern ADDRESS = Pattern.compile("0x[0-9a-f]{40}");

    public Place {
        Objects.requireNonNull(log);
        if (chainId < 1 || !ADDRESS.matcher(contract).matches()) {
            throw new AnchorException(Code.ANCHOR_REFUSED);
        }
    }
}
