package io.tamis.ledger.anchor.evm;

import io.tamis.data.Code;
import io.tamis.data.Hash;
import io.tamis.ledger.anchor.AnchorException;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.DefaultBlockParameter;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.Request;
import org.web3j.protocol.core.Response;
import org.web3j.protocol.core.methods.request.Transaction;
import org.web3j.protocol.core.methods.response.TransactionReceipt;
import org.web3j.utils.Numeric;

/** A node's answers as values. What it does not answer, or answers with an error, is {@code NOT_READY}. */
final class Chain {
    /** What nodes say of a transaction they have, or need no more: which of them counts is read from the chain. */
    private static final List<String> HARMLESS =
            List.of("already", "known transaction", "nonce too low", "underpriced");

    private final Web3j web3j;

    Chain(Web3j web3j) {
        this.web3j = web3j;
    }

    /** What a call without a transaction came to. */
    sealed interface Called {
        /** Answered with these 32-byte words; none when there is no contract at the address. */
        record Answered(List<Hash> words) implements Called {
            public Answered {
                words = List.copyOf(words);
            }
        }

        /** Refused, with the error's first four bytes in hexadecimal; empty when the node does not tell. */
        record Refused(String selector) implements Called {
            public Refused {
                Objects.requireNonNull(selector);
            }
        }
    }

    long chainId() {
        return small(answer(web3j.ethChainId()).getChainId());
    }

    long blockNumber() {
        return small(answer(web3j.ethBlockNumber()).getBlockNumber());
    }

    /** The price of gas in the latest block that everybody pays; empty on a chain older than EIP-1559. */
    Optional<BigInteger> baseFee() {
        var block = answer(web3j.ethGetBlockByNumber(DefaultBlockParameterName.LATEST, false))
                .getBlock();
        if (block == null) {
            throw new AnchorException(Code.NOT_READY);
        }
        return Optional.ofNullable(block.getBaseFeePerGasRaw()).map(Numeric::decodeQuantity);
    }

    /** What one may add to it to be taken soon. */
    BigInteger tip(BigInteger baseFee) {
        var asked = exchange(web3j.ethMaxPriorityFeePerGas());
        return asked.hasError() ? gasPrice().subtract(baseFee).max(BigInteger.ZERO) : asked.getMaxPriorityFeePerGas();
    }

    BigInteger gasPrice() {
        return answer(web3j.ethGasPrice()).getGasPrice();
    }

    /** How many transactions of this account are in blocks. */
    long transactions(String address) {
        return transactions(address, DefaultBlockParameterName.LATEST);
    }

    /** The same, with what waits to be. */
    long transactionsWaiting(String address) {
        return transactions(address, DefaultBlockParameterName.PENDING);
    }

    private long transactions(String address, DefaultBlockParameter at) {
        return small(answer(web3j.ethGetTransactionCount(address, at)).getTransactionCount());
    }

    /** The contract's code in hexadecimal digits; empty when there is none. */
    String code(String address) {
        return Numeric.cleanHexPrefix(answer(web3j.ethGetCode(address, DefaultBlockParameterName.LATEST))
                .getCode());
    }

    Optional<TransactionReceipt> receipt(Hash transaction) {
        return answer(web3j.ethGetTransactionReceipt("0x" + transaction.hex())).getTransactionReceipt();
    }

    Called call(Transaction call, DefaultBlockParameter at) {
        var answer = exchange(web3j.ethCall(call, at));
        if (!answer.hasError()) {
            return new Called.Answered(words(answer.getValue()));
        }
        String said =
                Objects.requireNonNullElse(answer.getError().getMessage(), "").toLowerCase(Locale.ROOT);
        String data =
                Objects.requireNonNullElse(answer.getError().getData(), "").replace("\"", "");
        if (!said.contains("revert") && !data.startsWith("0x")) {
            throw new AnchorException(Code.NOT_READY);
        }
        return new Called.Refused(data.length() >= 10 && data.startsWith("0x") ? data.substring(2, 10) : "");
    }

    /** Hands over a signed transaction. */
    void send(String raw) {
        var answer = exchange(web3j.ethSendRawTransaction(raw));
        if (answer.hasError()) {
            String said = Objects.requireNonNullElse(answer.getError().getMessage(), "")
                    .toLowerCase(Locale.ROOT);
            if (HARMLESS.stream().noneMatch(said::contains)) {
                throw new AnchorException(Code.NOT_READY);
            }
        }
    }

    private static List<Hash> words(String hex) {
        byte[] bytes = Numeric.hexStringToByteArray(hex);
        if (bytes.length % Hash.LENGTH != 0) {
            throw new AnchorException(Code.NOT_READY);
        }
        var words = new java.util.ArrayList<Hash>();
        for (int at = 0; at < bytes.length; at += Hash.LENGTH) {
            words.add(Hash.of(java.util.Arrays.copyOfRange(bytes, at, at + Hash.LENGTH)));
        }
        return words;
    }

    private static long small(BigInteger number) {
        if (number.signum() < 0 || number.bitLength() > 62) {
            throw new AnchorException(Code.NOT_READY);
        }
        return number.longValue();
    }

    private static <T extends Response<?>> T answer(Request<?, T> request) {
        T answer = exchange(request);
        if (answer.hasError()) {
            throw new AnchorException(Code.NOT_READY);
        }
        return answer;
    }

    /** web3j's decoders throw what they like at answers that are none. */
    private static <T extends Response<?>> T exchange(Request<?, T> request) {
        try {
            return request.send();
        } catch (IOException | RuntimeException failed) {
            throw new AnchorException(Code.NOT_READY, failed);
        }
    }
}
