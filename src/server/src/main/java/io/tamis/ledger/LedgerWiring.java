package io.tamis.ledger;

import io.quarkus.arc.DefaultBean;
import io.tamis.crypto.KeyName;
import io.tamis.crypto.KeyProvider;
import io.tamis.log.Origin;
import io.tamis.log.VerifierKey;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;

/** The first log's name. */
@Singleton
class LedgerWiring {
    /** The name of the first log, which wrapped keys are bound to; a first start opens it under the configured one and the year. */
    @Produces
    @Singleton
    Origin origin(
            Jdbi jdbi,
            InstantSource clock,
            @ConfigProperty(name = "tamis.ledger.name", defaultValue = "tamis.local/ledger") String name) {
        return jdbi.inTransaction(tx -> {
            LogHead.create(tx, EntryRows.LOG_ID, LogYear.named(name, clock.instant()), 0);
            return LogHead.all(tx).getFirst().origin();
        });
    }

    /** Without a chain nothing is anchored. */
    @Produces
    @DefaultBean
    @Singleton
    Anchors noAnchors() {
        return (origin, index) -> Optional.empty();
    }

    /** The Ed25519 key of the first log. */
    @Produces
    @Singleton
    VerifierKey verifierKey(Origin origin, KeyProvider keys) {
        return new VerifierKey(origin, keys.publicKey(KeyName.LEDGER_SIGNING));
    }
}
