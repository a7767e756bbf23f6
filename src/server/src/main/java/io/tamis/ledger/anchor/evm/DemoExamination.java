package io.tamis.ledger.anchor.evm;

import io.tamis.data.Code;
import io.tamis.data.Hash;
import io.tamis.ledger.Logs;
import io.tamis.ledger.PublishedLog;
import io.tamis.ledger.anchor.AnchorException;
import io.tamis.ledger.anchor.Notary;
import io.tamis.ledger.anchor.SignedAnchor;
import io.tamis.log.Origin;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;
import org.web3j.crypto.ContractUtils;
import org.web3j.protocol.Web3j;

/**
 * For a demonstration on a development chain: deploys the contract where there is none and creates the logs in it, with the
 * submitter as their admin. In production a multisig does both, and nothing of this runs.
 *
 * <p>A crash anywhere repeats it: what was remembered and has no code was lost with its chain, and a second contract on a chain
 * of one's own harms nobody.
 */
final class DemoExamination implements Supplier<Notary> {
    private static final BigInteger DEPLOYMENT_GAS_MAX = BigInteger.valueOf(3_000_000);
    private static final int REMEMBERED_MAX = 16;
    private static final int LOOKS_MAX = 40;
    private static final int LOOK_EVERY_MILLIS = 250;

    private static final Logger LOG = Logger.getLogger(DemoExamination.class);

    private final Web3j web3j;
    private final ChainSettings settings;
    private final Submitter submitter;
    private final Logs logs;
    private final Jdbi jdbi;

    DemoExamination(Web3j web3j, ChainSettings settings, Submitter submitter, Logs logs, Jdbi jdbi) {
        this.web3j = web3j;
        this.settings = settings;
        this.submitter = submitter;
        this.logs = logs;
        this.jdbi = jdbi;
    }

    @Override
    public Notary get() {
        var chain = new Chain(web3j);
        long chainId = chain.chainId();
        if (!ChainSettings.DEVELOPMENT.contains(chainId)) {
            throw ChainSettings.refused("a demonstration deploys its contract on a development chain only");
        }
        Address contract = remembered(chainId).stream()
                .filter(known -> chain.code(known.value()).equals(ContractCode.deployed()))
                .findFirst()
                .orElseGet(() -> deploy(chain, chainId));
        var names = new LogName(chainId, contract, submitter.address());
        var notary = new Web3jNotary(web3j, names, submitter, settings.roles(submitter));
        for (PublishedLog log : logs.all()) {
            if (notary.heads(log.origin()).isEmpty()) {
                create(chain, notary, names, log.origin());
            }
        }
        return notary;
    }

    private Address deploy(Chain chain, long chainId) {
        requireNothingWaits(chain);
        var slot = new Web3jNotary(
                        web3j,
                        new LogName(chainId, submitter.address(), submitter.address()),
                        submitter,
                        settings.roles(submitter))
                .nextSlot();
        var call = new Submitter.Call(Optional.empty(), ContractCode.deployment(), DEPLOYMENT_GAS_MAX);
        SignedAnchor signed =
                submitter.sign(chainId, call, slot, chain.baseFee().isPresent());
        var contract = new Address(
                ContractUtils.generateContractAddress(submitter.address().value(), BigInteger.valueOf(slot.nonce())));
        remember(chainId, contract, signed.transaction());
        chain.send(signed.raw());
        await(() -> !chain.code(contract.value()).isEmpty());
        LOG.infof("the demonstration has deployed its notary %s on chain %d", contract, chainId);
        return contract;
    }

    private void create(Chain chain, Web3jNotary notary, LogName names, Origin origin) {
        requireNothingWaits(chain);
        String data = Web3jNotary.encoder(web3j, names.contract(), submitter.address())
                .createLog(LogName.salt(origin).bytes(), submitter.address().value())
                .encodeFunctionCall();
        var call = new Submitter.Call(Optional.of(names.contract()), data, Web3jNotary.GAS_MAX);
        SignedAnchor signed = submitter.sign(
                names.chainId(), call, notary.nextSlot(), chain.baseFee().isPresent());
        chain.send(signed.raw());
        await(() -> notary.heads(origin).isPresent());
        LOG.infof("the demonstration has created log %s in its notary", origin);
    }

    /** What was sent before a restart may be mined yet; a second one beside it would be a second contract. */
    private void requireNothingWaits(Chain chain) {
        String account = submitter.address().value();
        if (chain.transactionsWaiting(account) > chain.transactions(account)) {
            throw new AnchorException(Code.NOT_READY);
        }
    }

    private static void await(BooleanSupplier done) {
        var never = new Semaphore(0);
        try {
            for (int looks = 0;
                    looks < LOOKS_MAX && !never.tryAcquire(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
                    looks++) {
                if (done.getAsBoolean()) {
                    return;
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        throw new AnchorException(Code.NOT_READY);
    }

    private List<Address> remembered(long chainId) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT contract FROM ledger_notary WHERE chain_id = :chain ORDER BY created_at DESC LIMIT "
                                + REMEMBERED_MAX)
                .bind("chain", chainId)
                .mapTo(String.class)
                .map(Address::new)
                .list());
    }

    private void remember(long chainId, Address contract, Hash transaction) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                INSERT INTO ledger_notary (chain_id, contract, tx_hash) VALUES (:chain, :contract, :tx)
                ON CONFLICT (chain_id, contract)
                DO UPDATE SET tx_hash = excluded.tx_hash, created_at = clock_timestamp()""")
                .bind("chain", chainId)
                .bind("contract", contract.value())
                .bind("tx", transaction.bytes())
                .execute());
    }
}
