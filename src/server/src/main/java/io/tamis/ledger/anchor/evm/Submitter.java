package io.tamis.ledger.anchor.evm;

import io.tamis.data.Hash;
import io.tamis.ledger.anchor.Fee;
import io.tamis.ledger.anchor.SignedAnchor;
import io.tamis.ledger.anchor.Slot;
import java.math.BigInteger;
import java.util.Objects;
import java.util.Optional;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionEncoder;
import org.web3j.utils.Numeric;

/** The account that anchors. Its key is in no database and no log, and prints nothing. */
final class Submitter {
    private final Credentials key;

    Submitter(Credentials key) {
        this.key = Objects.requireNonNull(key);
    }

    Address address() {
        return new Address(key.getAddress());
    }

    /**
     * What a transaction does.
     *
     * @param to the contract; empty to make one
     * @param data 0x and hexadecimal digits
     */
    record Call(Optional<Address> to, String data, BigInteger gasMax) {
        Call {
            Objects.requireNonNull(to);
            Objects.requireNonNull(data);
            Objects.requireNonNull(gasMax);
        }
    }

    /** Signs a transaction of EIP-1559, or of the kind before it on a chain that does not know that. */
    SignedAnchor sign(long chainId, Call call, Slot slot, boolean priced) {
        BigInteger nonce = BigInteger.valueOf(slot.nonce());
        String to = call.to().map(Address::value).orElse("");
        Fee fee = slot.fee();
        RawTransaction unsigned = priced
                ? RawTransaction.createTransaction(
                        chainId, nonce, call.gasMax(), to, BigInteger.ZERO, call.data(), fee.tipWei(), fee.maxWei())
                : RawTransaction.createTransaction(
                        nonce, fee.maxWei(), call.gasMax(), to, BigInteger.ZERO, call.data());
        byte[] signed = TransactionEncoder.signMessage(unsigned, chainId, key);
        return new SignedAnchor(Hash.of(org.web3j.crypto.Hash.sha3(signed)), Numeric.toHexString(signed), slot);
    }

    @Override
    public String toString() {
        return "Submitter";
    }
}
