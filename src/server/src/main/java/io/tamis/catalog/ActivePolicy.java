package io.tamis.catalog;

import io.quarkus.runtime.StartupEvent;
import io.tamis.data.Code;
import io.tamis.data.Hash;
import io.tamis.ledger.Events;
import io.tamis.ledger.Ledger;
import io.tamis.log.EventType;
import io.tamis.policy.PolicyBundle;
import io.tamis.policy.load.LoadResult;
import io.tamis.policy.load.PolicyLoader;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The bundle in force: the files in {@code tamis.policies}, loaded and checked at start. A bundle with a problem stops the
 * start: a service without policy answers nothing.
 *
 * <p>Its files go to {@code policy_bundle}, from where the ledger's export takes them, and a change of the hash is entered
 * as {@code policy.activated}, both in one transaction: an entry never names a bundle that an auditor cannot get.
 */
@Singleton
final class ActivePolicy {
    /** After Flyway and the ledger, before anyone asks. */
    private static final int WHEN = Interceptor.Priority.LIBRARY_BEFORE + 200;

    private static final Logger LOG = Logger.getLogger(ActivePolicy.class);

    private final PolicyBundle bundle;
    private final Jdbi jdbi;
    private final Ledger ledger;
    private final Events events;
    private final InstantSource clock;

    @Inject
    ActivePolicy(
            @ConfigProperty(name = "tamis.policies") Path folder,
            Jdbi jdbi,
            Ledger ledger,
            Events events,
            InstantSource clock) {
        this.bundle = load(folder);
        this.jdbi = jdbi;
        this.ledger = ledger;
        this.events = events;
        this.clock = clock;
    }

    PolicyBundle bundle() {
        return bundle;
    }

    void start(@Observes @Priority(WHEN) StartupEvent started) {
        activate();
    }

    void activate() {
        jdbi.useTransaction(this::activate);
    }

    private static PolicyBundle load(Path folder) {
        return switch (PolicyLoader.load(folder)) {
            case LoadResult.Loaded loaded -> loaded.bundle();
            case LoadResult.Rejected rejected -> {
                rejected.problems()
                        .forEach(problem ->
                                LOG.errorf("policies/%s %s: %s", problem.file(), problem.pointer(), problem.message()));
                throw new CatalogException(Code.POLICY_MISSING);
            }
        };
    }

    /** Two replicas that start at once: the second waits at the row and finds its hash already there. */
    private void activate(Handle tx) {
        Hash hash = bundle.contentHash();
        bundle.files()
                .forEach((path, content) -> tx.createUpdate(
                                "INSERT INTO policy_bundle (hash, path, content) VALUES (:hash, :path, :content)"
                                        + " ON CONFLICT DO NOTHING")
                        .bind("hash", hash.bytes())
                        .bind("path", path)
                        .bind("content", content)
                        .execute());
        var event = events.bySystem(EventType.POLICY_ACTIVATED, Events.SERVICE)
                .bundleHash(hash)
                .build();
        int changed = tx.createUpdate("INSERT INTO policy_active (hash, event_id, activated_at)"
                        + " VALUES (:hash, :event, :at) ON CONFLICT (one) DO UPDATE"
                        + " SET hash = excluded.hash, event_id = excluded.event_id, activated_at = excluded.activated_at"
                        + " WHERE policy_active.hash <> excluded.hash")
                .bind("hash", hash.bytes())
                .bind("event", event.id().value())
                .bind("at", clock.instant().atOffset(ZoneOffset.UTC))
                .execute();
        if (changed == 1) {
            ledger.append(tx, event);
        }
    }
}
