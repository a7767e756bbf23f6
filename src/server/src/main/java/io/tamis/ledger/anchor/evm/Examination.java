package io.tamis.ledger.anchor.evm;

import io.tamis.ledger.anchor.Notary;
import java.util.function.Supplier;
import org.web3j.protocol.Web3j;

/** Looks whether the node is of the configured chain and has our contract, and makes a notary of it. */
final class Examination implements Supplier<Notary> {
    private final Web3j web3j;
    private final ChainSettings settings;
    private final Submitter submitter;

    Examination(Web3j web3j, ChainSettings settings, Submitter submitter) {
        this.web3j = web3j;
        this.settings = settings;
        this.submitter = submitter;
    }

    @Override
    public Notary get() {
        var chain = new Chain(web3j);
        long chainId = chain.chainId();
        if (settings.chainId().filter(named -> named != chainId).isPresent()) {
            throw ChainSettings.refused("the node is of another chain than tamis.anchor.chain-id");
        }
        Address contract =
                settings.contract().orElseThrow(() -> ChainSettings.refused("tamis.anchor.contract must be set"));
        if (!chain.code(contract.value()).equals(ContractCode.deployed())) {
            throw ChainSettings.refused(
                    "the code at tamis.anchor.contract is not ledger/contracts/AccessLogNotary.sol");
        }
        var names = new LogName(chainId, contract, settings.creator(submitter));
        return new Web3jNotary(web3j, names, submitter, settings.roles(submitter));
    }
}
