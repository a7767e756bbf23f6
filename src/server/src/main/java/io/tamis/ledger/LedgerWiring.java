package io.tamis.ledger;

import io.tamis.crypto.KeyName;
import io.tamis.crypto.KeyProvider;
import io.tamis.log.Origin;
import io.tamis.log.VerifierKey;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;

/** The log's name and the key its readers pin. */
@Singleton
class LedgerWiring {
    /** The name the log was opened under; a first start opens it under the configured one and the year. */
    @Produces
    @Singleton
    Origin origin(
            Jdbi jdbi,
            InstantSource clock,
            @ConfigProperty(name = "tamis.ledger.name", defaultValue = "tamis.local/ledger") String name) {
        var first =
                new Origin(name + "/" + clock.instant().atZone(ZoneOffset.UTC).getYear());
        return jdbi.inTransaction(tx -> {
            LogHead.create(tx, first);
            return LogHead.read(tx).orElseThrow().origin();
        });
    }

    @Produces
    @Singleton
    VerifierKey verifierKey(Origin origin, KeyProvider keys) {
        return new VerifierKey(origin, keys.publicKey(KeyName.LEDGER_SIGNING));
    }
}
