package io.tamis.ledger.anchor.evm;

import io.tamis.ledger.anchor.Notary;
import io.tamis.ledger.contract.Devnet;
import io.tamis.log.Origin;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.web3j.crypto.ContractUtils;
import org.web3j.protocol.Web3j;

/** The real contract on a real node: deployed, and used as the service would. */
public final class DevnetNotary {
    private static final BigInteger GAS_MAX = BigInteger.valueOf(3_000_000);

    private final Devnet devnet;
    private final Submitter submitter;
    private final LogName names;
    private final int confirmations;

    private DevnetNotary(Devnet devnet, Submitter submitter, LogName names, int confirmations) {
        this.devnet = devnet;
        this.submitter = submitter;
        this.names = names;
        this.confirmations = confirmations;
    }

    /** Deploys the contract by one of the node's accounts, which then submits. The node makes no blocks by itself. */
    public static DevnetNotary deploy(Devnet devnet, int account, int confirmations) {
        var submitter = new Submitter(Devnet.account(account));
        var chain = new Chain(devnet.web3j());
        var none = new LogName(Devnet.CHAIN_ID, submitter.address(), submitter.address());
        var roles = new Web3jNotary.Roles(submitter.address(), confirmations);
        var slot = new Web3jNotary(devnet.web3j(), none, submitter, roles).nextSlot();
        var call = new Submitter.Call(Optional.empty(), ContractCode.deployment(), GAS_MAX);
        chain.send(submitter.sign(Devnet.CHAIN_ID, call, slot, true).raw());
        devnet.mine(1);
        var contract = new Address(
                ContractUtils.generateContractAddress(submitter.address().value(), BigInteger.valueOf(slot.nonce())));
        return new DevnetNotary(
                devnet, submitter, new LogName(Devnet.CHAIN_ID, contract, submitter.address()), confirmations);
    }

    /** A notary through the node itself. */
    public Notary notary() {
        return notary(devnet.web3j(), submitter);
    }

    /** A notary by another account, for the same logs. */
    public Notary notaryOf(int account) {
        return notary(devnet.web3j(), new Submitter(Devnet.account(account)));
    }

    /** A notary through whatever listens there, examined first. */
    public Notary notaryAt(URI node, Duration patience) {
        Web3j web3j = Web3j.build(new io.tamis.ledger.contract.JsonRpc(node, patience));
        return new ConnectingNotary(() -> {
            new Chain(web3j).chainId();
            return notary(web3j, submitter);
        });
    }

    private Notary notary(Web3j web3j, Submitter by) {
        return new Web3jNotary(web3j, names, by, new Web3jNotary.Roles(names.creator(), confirmations));
    }

    /** Opens the log for the account that has deployed, in a block of its own, which is final after this. */
    public void createLog(Origin origin) {
        String data = Web3jNotary.encoder(devnet.web3j(), names.contract(), submitter.address())
                .createLog(LogName.salt(origin).bytes(), submitter.address().value())
                .encodeFunctionCall();
        transact(data);
        devnet.mine(confirmations);
    }

    /** Another account submits from now on. */
    public void setSubmitter(Origin origin, int account) {
        transact(Web3jNotary.encoder(devnet.web3j(), names.contract(), submitter.address())
                .setSubmitter(
                        names.place(origin).log().bytes(),
                        Devnet.account(account).getAddress())
                .encodeFunctionCall());
    }

    /** The submitter's account does something that is not ours. */
    public void foreignTransaction() {
        transact("0x");
    }

    private void transact(String data) {
        var chain = new Chain(devnet.web3j());
        var call = new Submitter.Call(Optional.of(names.contract()), data, GAS_MAX);
        // One that reverts uses its number too.
        chain.send(
                submitter.sign(Devnet.CHAIN_ID, call, notary().nextSlot(), true).raw());
        devnet.mine(1);
    }

    /** The account that submits. */
    public String account() {
        return submitter.address().value();
    }
}
