package io.tamis.ledger;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tamis.data.Code;
import io.tamis.log.TreeHead;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Starts the log before everything that writes into it, and refuses a database that acknowledges what it may forget. */
@Singleton
final class LedgerStart {
    /** Before all other observers of the start. */
    static final int FIRST = 1;

    private static final Logger LOG = Logger.getLogger(LedgerStart.class);

    private final Jdbi jdbi;
    private final Ledger ledger;
    private final Events events;
    private final Shards shards;
    private final LogSigners signers;
    private final SequencerThread sequencer;

    LedgerStart(Jdbi jdbi, Ledger ledger, Events events, Shards shards, LogSigners signers, SequencerThread sequencer) {
        this.jdbi = jdbi;
        this.ledger = ledger;
        this.events = events;
        this.shards = shards;
        this.signers = signers;
        this.sequencer = sequencer;
    }

    void start(@Observes @Priority(FIRST) StartupEvent started) {
        jdbi.useHandle(LedgerStart::requireDurable);
        jdbi.useTransaction(this::recordOpening);
        sequencer.start();
        signers.verifierKeys(shards.open().origin()).forEach(verifier -> LOG.infof("ledger key: %s", verifier));
    }

    void stop(@Observes ShutdownEvent stopped) {
        sequencer.stop();
    }

    /**
     * "Committed" must mean "on disk": with fsync or synchronous_commit off a crash may lose what a receipt proves, and what a
     * merchant's budget was charged.
     */
    static void requireDurable(Handle handle) {
        boolean forced = setting(handle, "fsync").equals("on");
        boolean waited = Set.of("on", "remote_apply").contains(setting(handle, "synchronous_commit"));
        if (!forced || !waited) {
            throw new LedgerException(Code.DATABASE_FORGETFUL);
        }
    }

    /** The first entry says which log this is and by which key it is signed. A start that crashes here repeats it. */
    private void recordOpening(Handle tx) {
        LogHead head = LogHead.lock(tx);
        if (head.tree().equals(TreeHead.EMPTY) && Outbox.isEmpty(tx)) {
            ledger.append(
                    tx,
                    LogOpening.of(events, head.origin(), signers.verifierKeys(head.origin()))
                            .build());
        }
    }

    private static String setting(Handle handle, String name) {
        return handle.createQuery("SELECT current_setting(:name)")
                .bind("name", name)
                .mapTo(String.class)
                .one();
    }
}
