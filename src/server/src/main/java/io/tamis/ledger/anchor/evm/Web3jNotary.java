package io.tamis.ledger.anchor.evm;

import io.tamis.data.Code;
import io.tamis.data.Hash;
import io.tamis.ledger.anchor.AnchorException;
import io.tamis.ledger.anchor.Claim;
import io.tamis.ledger.anchor.Fate;
import io.tamis.ledger.anchor.Fee;
import io.tamis.ledger.anchor.Heads;
import io.tamis.ledger.anchor.Notary;
import io.tamis.ledger.anchor.Place;
import io.tamis.ledger.anchor.SignedAnchor;
import io.tamis.ledger.anchor.Slot;
import io.tamis.ledger.contract.AccessLogNotary;
import io.tamis.log.Origin;
import io.tamis.log.TreeHead;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.DefaultBlockParameter;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.RemoteFunctionCall;
import org.web3j.protocol.core.methods.request.Transaction;
import org.web3j.protocol.core.methods.response.TransactionReceipt;
import org.web3j.tx.ReadonlyTransactionManager;
import org.web3j.tx.gas.DefaultGasProvider;
import org.web3j.utils.Numeric;

/** The notary contract of ledger/contracts on an EVM chain. */
final class Web3jNotary implements Notary {
    /** A claim with a proof of 63 hashes takes less; claims of real logs take 66,000 to 120,000. */
    static final BigInteger GAS_MAX = BigInteger.valueOf(300_000);

    /** First four bytes of Keccak-256 of {@code UnknownLog()}. */
    private static final String UNKNOWN_LOG = "743573b1";

    private static final Hash ZERO = Hash.of(new byte[Hash.LENGTH]);
    private static final int HEAD_WORDS = 5;
    private static final int ROLE_WORDS = 3;

    private final Chain chain;
    private final LogName names;
    private final Submitter submitter;
    private final Roles roles;
    private final AccessLogNotary contract;
    private final Set<Origin> checked = new HashSet<>();
    private boolean priced = true;

    /**
     * What the contract must say of our logs, and when we believe it.
     *
     * @param confirmations how many blocks make one final: 1 where a block is (QBFT)
     */
    record Roles(Address admin, int confirmations) {
        private static final int CONFIRMATIONS_MAX = 10_000;

        Roles {
            if (confirmations < 1 || confirmations > CONFIRMATIONS_MAX) {
                throw new AnchorException(Code.ANCHOR_REFUSED);
            }
        }
    }

    Web3jNotary(Web3j web3j, LogName names, Submitter submitter, Roles roles) {
        this.chain = new Chain(web3j);
        this.names = names;
        this.submitter = submitter;
        this.roles = roles;
        this.contract = encoder(web3j, names.contract(), submitter.address());
    }

    /** The generated wrapper, for its encoding alone: it would choose nonces and wait by itself. */
    static AccessLogNotary encoder(Web3j web3j, Address contract, Address from) {
        return AccessLogNotary.load(
                contract.value(), web3j, new ReadonlyTransactionManager(web3j, from.value()), new DefaultGasProvider());
    }

    @Override
    public Optional<Place> place(Origin log) {
        return Optional.of(names.place(log));
    }

    @Override
    public Optional<Heads> heads(Origin log) {
        // The older one first, so that a block in between cannot make the settled head the younger of the two.
        Optional<TreeHead> then = roles.confirmations() == 1 ? Optional.empty() : Optional.of(settledHead(log));
        Optional<TreeHead> now = head(log, DefaultBlockParameterName.LATEST);
        if (now.isEmpty()) {
            return Optional.empty();
        }
        checkRoles(log);
        return Optional.of(new Heads(now.get(), then.orElse(now.get())));
    }

    @Override
    public Optional<Hash> rootAt(Origin log, long size) {
        byte[] id = names.place(log).log().bytes();
        var words = answered(contract.rootAt(id, BigInteger.valueOf(size)), DefaultBlockParameterName.LATEST, 1);
        return words.stream().filter(root -> !root.equals(ZERO)).findFirst();
    }

    @Override
    public Slot nextSlot() {
        long nonce = chain.transactions(submitter.address().value());
        Optional<BigInteger> base = chain.baseFee();
        priced = base.isPresent();
        if (base.isEmpty()) {
            BigInteger price = chain.gasPrice();
            return new Slot(nonce, new Fee(price, price));
        }
        BigInteger tip = chain.tip(base.get());
        // Twice the present base fee is enough for five full blocks in a row.
        return new Slot(nonce, new Fee(base.get().shiftLeft(1).add(tip), tip));
    }

    @Override
    public Optional<SignedAnchor> sign(Claim claim, Slot slot) {
        String data = contract.anchor(
                        names.place(claim.origin()).log().bytes(),
                        BigInteger.valueOf(claim.head().size()),
                        claim.head().root().bytes(),
                        claim.checkpointHash().bytes(),
                        claim.proof().stream().map(Hash::bytes).toList())
                .encodeFunctionCall();
        return switch (chain.call(call(data), DefaultBlockParameterName.LATEST)) {
            case Chain.Called.Refused ignored -> Optional.empty();
            case Chain.Called.Answered ignored ->
                Optional.of(submitter.sign(
                        names.chainId(),
                        new Submitter.Call(Optional.of(names.contract()), data, GAS_MAX),
                        slot,
                        priced));
        };
    }

    @Override
    public void send(SignedAnchor anchor) {
        chain.send(anchor.raw());
    }

    @Override
    public Fate fate(Hash transaction) {
        Optional<TransactionReceipt> receipt = chain.receipt(transaction);
        if (receipt.isEmpty()) {
            return new Fate.Unknown();
        }
        var block = new Fate.Block(
                receipt.get().getBlockNumber().longValueExact(),
                Hash.of(Numeric.hexStringToByteArray(receipt.get().getBlockHash())));
        if (block.number() > settledBlock(chain.blockNumber())) {
            return new Fate.Mined(block);
        }
        return receipt.get().isStatusOK() ? new Fate.Settled(block) : new Fate.Reverted(block);
    }

    /** Negative while the chain is too short for a block of it to be final. */
    private long settledBlock(long latest) {
        return latest - (roles.confirmations() - 1);
    }

    /** Once for each log: later changes show as refused claims. */
    private void checkRoles(Origin log) {
        if (checked.contains(log)) {
            return;
        }
        var words = answered(
                contract.rolesOf(names.place(log).log().bytes()), DefaultBlockParameterName.LATEST, ROLE_WORDS);
        boolean ours = words.size() == ROLE_WORDS
                && Address.of(words.getFirst()).equals(roles.admin())
                && Address.of(words.getLast()).equals(submitter.address());
        if (!ours) {
            throw new AnchorException(Code.ANCHOR_REFUSED);
        }
        checked.add(log);
    }

    private TreeHead settledHead(Origin log) {
        long block = settledBlock(chain.blockNumber());
        if (block < 0) {
            return TreeHead.EMPTY;
        }
        try {
            return head(log, DefaultBlockParameter.valueOf(BigInteger.valueOf(block)))
                    .orElse(TreeHead.EMPTY);
        } catch (AnchorException before) {
            // At that block the contract was not there yet.
            if (before.code() == Code.ANCHOR_REFUSED) {
                return TreeHead.EMPTY;
            }
            throw before;
        }
    }

    private Optional<TreeHead> head(Origin log, DefaultBlockParameter block) {
        var words = answered(contract.head(names.place(log).log().bytes()), block, HEAD_WORDS);
        if (words.isEmpty()) {
            return Optional.empty();
        }
        long size = new BigInteger(1, words.get(1).bytes()).longValueExact();
        return Optional.of(size == 0 ? TreeHead.EMPTY : new TreeHead(size, words.getFirst()));
    }

    /** The words a view answers with; none when it does not know the log. */
    private List<Hash> answered(RemoteFunctionCall<?> view, DefaultBlockParameter block, int words) {
        return switch (chain.call(call(view.encodeFunctionCall()), block)) {
            case Chain.Called.Answered(List<Hash> answer) when answer.size() == words -> answer;
            case Chain.Called.Answered ignored -> throw new AnchorException(Code.ANCHOR_REFUSED);
            case Chain.Called.Refused(String selector) when selector.equals(UNKNOWN_LOG) -> List.of();
            case Chain.Called.Refused ignored -> throw new AnchorException(Code.ANCHOR_REFUSED);
        };
    }

    private Transaction call(String data) {
        return Transaction.createFunctionCallTransaction(
                submitter.address().value(),
                null,
                null,
                GAS_MAX,
                names.contract().value(),
                data);
    }
}
