package io.tamis.ledger.anchor.evm;

import io.quarkus.runtime.configuration.ConfigUtils;
import io.tamis.data.Code;
import io.tamis.ledger.Logs;
import io.tamis.ledger.anchor.AnchorException;
import io.tamis.ledger.anchor.NoNotary;
import io.tamis.ledger.anchor.Notary;
import io.tamis.ledger.contract.JsonRpc;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;
import org.web3j.protocol.Web3j;

/** Which notary this service has: none, the configured one, or in a demonstration one of its own making. */
@Singleton
class NotaryWiring {
    /** A node that has not answered by then is asked again later. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Set<String> DEMONSTRATIONS = Set.of("demo", "dev", "test");

    @Produces
    @Singleton
    Notary notary(
            ChainSettings settings,
            Logs logs,
            Jdbi jdbi,
            @ConfigProperty(name = "tamis.anchor.submitter-key-file") Optional<Path> keyFile,
            @ConfigProperty(name = "tamis.data") Path data) {
        if (settings.node().isEmpty()) {
            return new NoNotary();
        }
        boolean demonstration = ConfigUtils.getProfiles().stream().anyMatch(DEMONSTRATIONS::contains);
        Submitter submitter = submitter(keyFile, data, demonstration);
        Web3j web3j = Web3j.build(rpc(settings.node().get()));
        if (!demonstration) {
            settings.requireProduction();
        }
        return demonstration && settings.contract().isEmpty()
                ? new ConnectingNotary(new DemoExamination(web3j, settings, submitter, logs, jdbi))
                : new ConnectingNotary(new Examination(web3j, settings, submitter));
    }

    static Submitter submitter(Optional<Path> keyFile, Path data, boolean demonstration) {
        if (keyFile.isEmpty() && demonstration) {
            return KnownKeys.demonstration();
        }
        Submitter submitter = KeyFile.read(
                keyFile.orElseThrow(() -> ChainSettings.refused("tamis.anchor.submitter-key-file must be set")), data);
        if (!demonstration && KnownKeys.contain(submitter.address())) {
            ChainSettings.refused("the submitter's key is a development key that everybody knows");
            throw new AnchorException(Code.DEMO_KEY_REFUSED);
        }
        return submitter;
    }

    private static JsonRpc rpc(URI node) {
        try {
            return new JsonRpc(node, PATIENCE);
        } catch (IllegalArgumentException notAnAddress) {
            throw ChainSettings.refused("tamis.anchor.rpc-url is not an http or https address");
        }
    }
}
