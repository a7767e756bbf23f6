package io.tamis.ledger.contract;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Hash;
import io.tamis.log.TreeHead;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.web3j.abi.CustomErrorEncoder;
import org.web3j.abi.FunctionReturnDecoder;
import org.web3j.abi.TypeReference;
import org.web3j.abi.Utils;
import org.web3j.abi.datatypes.CustomError;
import org.web3j.abi.datatypes.Type;
import org.web3j.crypto.Credentials;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.RemoteFunctionCall;
import org.web3j.protocol.core.methods.request.Transaction;
import org.web3j.protocol.core.methods.response.EthCall;
import org.web3j.protocol.core.methods.response.TransactionReceipt;
import org.web3j.tx.RawTransactionManager;
import org.web3j.tx.gas.StaticGasProvider;
import org.web3j.tx.response.PollingTransactionReceiptProcessor;

/** The contract on a node of its own, with one log; what the tests of the contract share. */
final class NotaryChain implements AutoCloseable {
    static final Credentials ADMIN = Devnet.account(1);
    static final Credentials SUBMITTER = Devnet.account(2);
    static final Credentials STRANGER = Devnet.account(3);
    static final String ZERO = "0x" + "0".repeat(40);
    static final byte[] SALT = Hash.sha256("tamis.test/ledger/2026".getBytes(StandardCharsets.UTF_8))
            .bytes();
    static final byte[] NOTE_HASH =
            Hash.sha256("note".getBytes(StandardCharsets.UTF_8)).bytes();

    private static final List<CustomError> ERRORS = List.of(
            AccessLogNotary.EXISTS_ERROR,
            AccessLogNotary.UNKNOWNLOG_ERROR,
            AccessLogNotary.ZEROADDRESS_ERROR,
            AccessLogNotary.NOTADMIN_ERROR,
            AccessLogNotary.NOTPENDINGADMIN_ERROR,
            AccessLogNotary.NOTSUBMITTER_ERROR,
            AccessLogNotary.BADSIZE_ERROR,
            AccessLogNotary.NOTGROWING_ERROR,
            AccessLogNotary.CONFLICT_ERROR,
            AccessLogNotary.PROOFTOOLONG_ERROR,
            AccessLogNotary.BADPROOF_ERROR);

    private final Devnet devnet;
    private final String address;
    private final Map<String, AccessLogNotary> contracts = new HashMap<>();

    private NotaryChain(Devnet devnet) throws Exception {
        this.devnet = devnet;
        this.address = AccessLogNotary.deploy(devnet.web3j(), sender(STRANGER), gas())
                .send()
                .getContractAddress();
    }

    static NotaryChain start() throws Exception {
        return new NotaryChain(Devnet.start());
    }

    /** The contract as this account uses it. */
    AccessLogNotary as(Credentials account) {
        return contracts.computeIfAbsent(
                account.getAddress(), any -> AccessLogNotary.load(address, devnet.web3j(), sender(account), gas()));
    }

    String address() {
        return address;
    }

    Devnet devnet() {
        return devnet;
    }

    /** Another contract with the same code. */
    AccessLogNotary another() throws Exception {
        return AccessLogNotary.deploy(devnet.web3j(), sender(ADMIN), gas()).send();
    }

    /** A new log of {@link #ADMIN} with {@link #SUBMITTER}. */
    byte[] newLog(String origin) throws Exception {
        byte[] salt = Hash.sha256(origin.getBytes(StandardCharsets.UTF_8)).bytes();
        assertTrue(as(ADMIN).createLog(salt, SUBMITTER.getAddress()).send().isStatusOK());
        return as(ADMIN).logIdOf(ADMIN.getAddress(), salt).send();
    }

    /** Anchors, and expects no refusal. */
    TransactionReceipt anchor(byte[] logId, TreeHead head, List<Hash> proof) throws Exception {
        return anchoring(SUBMITTER, logId, head.size(), head.root(), proof).send();
    }

    RemoteFunctionCall<TransactionReceipt> anchoring(
            Credentials account, byte[] logId, long size, Hash root, List<Hash> proof) {
        return as(account).anchor(logId, unsigned(size), root.bytes(), NOTE_HASH, bytes(proof));
    }

    /** What the contract says to this call by this account: the name of the error with its numbers, or {@code done}. */
    String answer(Credentials from, RemoteFunctionCall<?> call) throws Exception {
        var answer = ask(from, call);
        if (!answer.hasError()) {
            return "done";
        }
        String data = String.valueOf(answer.getError().getData()).replace("\"", "");
        for (var error : ERRORS) {
            String selector = CustomErrorEncoder.encode(error).substring(0, 10);
            if (data.startsWith(selector)) {
                var numbers = new ArrayList<String>();
                for (Type<?> value :
                        FunctionReturnDecoder.decode(data.substring(10), Utils.convert(parameters(error)))) {
                    numbers.add(value.getValue().toString());
                }
                return error.getName() + numbers;
            }
        }
        throw new AssertionError(
                "no error of the contract: " + answer.getError().getMessage() + " " + data);
    }

    /** Asks a view, as anybody may. */
    boolean holds(RemoteFunctionCall<Boolean> view) throws Exception {
        var answer = ask(STRANGER, view);
        assertFalse(answer.hasError(), () -> answer.getError().getMessage());
        return (Boolean)
                view.decodeFunctionResponse(answer.getValue()).getFirst().getValue();
    }

    /** The number of a 64-bit word: beyond 2^63 what is negative in Java. */
    static BigInteger unsigned(long word) {
        return new BigInteger(Long.toUnsignedString(word));
    }

    static List<byte[]> bytes(List<Hash> proof) {
        return proof.stream().map(Hash::bytes).toList();
    }

    private EthCall ask(Credentials from, RemoteFunctionCall<?> call) throws Exception {
        return devnet.web3j()
                .ethCall(
                        Transaction.createEthCallTransaction(from.getAddress(), address, call.encodeFunctionCall()),
                        DefaultBlockParameterName.LATEST)
                .send();
    }

    private static List<TypeReference<?>> parameters(CustomError error) {
        return new ArrayList<>(error.getParameters());
    }

    private RawTransactionManager sender(Credentials account) {
        return new RawTransactionManager(
                devnet.web3j(),
                account,
                Devnet.CHAIN_ID,
                new PollingTransactionReceiptProcessor(devnet.web3j(), 10, 2_000));
    }

    private static StaticGasProvider gas() {
        return new StaticGasProvider(BigInteger.TWO.pow(32), BigInteger.valueOf(3_000_000));
    }

    @Override
    public void close() {
        devnet.close();
    }
}
