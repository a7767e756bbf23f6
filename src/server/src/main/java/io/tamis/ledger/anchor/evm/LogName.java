package io.tamis.ledger.anchor.evm;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tamis.data.Hash;
import io.tamis.ledger.anchor.Place;
import io.tamis.log.Origin;
import org.web3j.utils.Numeric;

/**
 * How the contract names logs: Keccak-256 of abi.encode(chain id, contract, creator, salt), the salt being SHA-256 of the
 * origin. So nobody else can take a log's name first, and a log of another chain or contract has another one.
 */
record LogName(long chainId, Address contract, Address creator) {
    Place place(Origin origin) {
        String encoded = "%064x".formatted(chainId)
                + contract.word()
                + creator.word()
                + salt(origin).hex();
        byte[] name = org.web3j.crypto.Hash.sha3(Numeric.hexStringToByteArray(encoded));
        return new Place(chainId, contract.value(), Hash.of(name));
    }

    static Hash salt(Origin origin) {
        return Hash.sha256(origin.value().getBytes(UTF_8));
    }
}
