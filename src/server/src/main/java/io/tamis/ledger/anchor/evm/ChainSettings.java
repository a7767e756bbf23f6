package io.tamis.ledger.anchor.evm;

import io.tamis.data.Code;
import io.tamis.ledger.anchor.AnchorException;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Which chain, which contract, and whose log, as the operator has written it. */
@Singleton
final class ChainSettings {
    /** Chains that everybody can make: the development nodes' default numbers. */
    static final Set<Long> DEVELOPMENT = Set.of(31_337L, 1_337L);

    private static final Logger LOG = Logger.getLogger(ChainSettings.class);

    private final Optional<URI> node;
    private final Optional<Long> chainId;
    private final Optional<Address> contract;
    private final Optional<Address> creator;
    private final Optional<Address> admin;
    private final int confirmations;

    ChainSettings(
            @ConfigProperty(name = "tamis.anchor.rpc-url") Optional<URI> node,
            @ConfigProperty(name = "tamis.anchor.chain-id") Optional<Long> chainId,
            @ConfigProperty(name = "tamis.anchor.contract") Optional<String> contract,
            @ConfigProperty(name = "tamis.anchor.log-creator") Optional<String> creator,
            @ConfigProperty(name = "tamis.anchor.log-admin") Optional<String> admin,
            @ConfigProperty(name = "tamis.anchor.confirmations", defaultValue = "1") int confirmations) {
        this.node = node;
        this.chainId = chainId;
        this.contract = contract.map(Address::new);
        this.creator = creator.map(Address::new);
        this.admin = admin.map(Address::new);
        this.confirmations = confirmations;
    }

    /** The node; empty when nothing is to be anchored. */
    Optional<URI> node() {
        return node;
    }

    Optional<Long> chainId() {
        return chainId;
    }

    Optional<Address> contract() {
        return contract;
    }

    /** Who has created the logs in the contract; their names there depend on it. */
    Address creator(Submitter submitter) {
        return creator.orElseGet(submitter::address);
    }

    /** Whose the logs are now, after the role was handed on. */
    Web3jNotary.Roles roles(Submitter submitter) {
        return new Web3jNotary.Roles(admin.orElseGet(() -> creator(submitter)), confirmations);
    }

    /** Production names its chain and its contract, and none that anybody can make at home. */
    void requireProduction() {
        if (chainId.isEmpty() || contract.isEmpty()) {
            throw refused("tamis.anchor.chain-id and tamis.anchor.contract must be set in production");
        }
        if (DEVELOPMENT.contains(chainId.get())) {
            throw refused("tamis.anchor.chain-id is the number of a development chain");
        }
    }

    static AnchorException refused(String why) {
        LOG.error("anchoring is refused: " + why);
        return new AnchorException(Code.ANCHOR_REFUSED);
    }
}
