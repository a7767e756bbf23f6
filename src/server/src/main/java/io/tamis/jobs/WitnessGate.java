package io.tamis.jobs;

import io.tamis.crypto.CryptoException;
import io.tamis.data.EventId;
import io.tamis.data.Json;
import io.tamis.data.TamisException;
import io.tamis.ledger.Cosignatures;
import io.tamis.ledger.Entries;
import io.tamis.ledger.Ledger;
import io.tamis.ledger.LedgerException;
import io.tamis.ledger.Receipt;
import io.tamis.log.EventType;
import io.tamis.log.TlogProof;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;

/**
 * Lets what identifies people (a column of level 4 or 5) be read, and what was found by it be shown, only once independent
 * witnesses have cosigned a checkpoint that covers the entry about it. Whoever runs the service can then not read, answer
 * and show everybody a log without that.
 *
 * <p>Asked three times: at admission, when so few witnesses are configured that it can never be; before the scan, about the
 * decision, when a refusal still costs nothing; before the result shows, about its release, when the answer can only wait.
 *
 * <p>A job's row says which entries these are, and its row can be changed by whoever administers the database. So what it
 * names is opened, and must be what the log holds of this very job; and that it names none is no sign that none is needed:
 * the question is planned again, and what cannot be is held as if it read such columns.
 */
@Singleton
class WitnessGate {
    /** How long a job waits for witnesses before its scan. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Logger LOG = Logger.getLogger(WitnessGate.class);

    private final Cosignatures cosignatures;
    private final Ledger ledger;
    private final Entries entries;
    private final Planning planning;

    WitnessGate(Cosignatures cosignatures, Ledger ledger, Entries entries, Planning planning) {
        this.cosignatures = cosignatures;
        this.ledger = ledger;
        this.entries = entries;
        this.planning = planning;
    }

    /** Whether a job's result may show. */
    enum Showing {
        /** It may. */
        YES,
        /** Its release is in the log, and not yet seen by enough witnesses. */
        HELD,
        /** There is none, or no checkpoint covers its release. */
        NO
    }

    /** False when no question of that kind can be answered as this service is configured. */
    boolean attainable() {
        return cosignatures.attainable();
    }

    /** Waits, at most 2 s and in no transaction, until witnesses have seen the decision on this job, if they must. */
    void await(JobRow job) {
        job.witnessed().ifPresent(decision -> cosignatures.awaitQuorum(decision, PATIENCE));
    }

    /** True when a job that needs witnesses may go on; one whose decision nobody noted may not. */
    boolean allows(JobRow job) {
        return cosignatures.quorum() == 0
                || job.witnessed()
                        .filter(decision -> seen(decision, EventType.ACCESS_DECIDED, job))
                        .isPresent();
    }

    /** True when witnesses have seen this entry, and it is one of this type about this job. */
    private boolean seen(EventId id, EventType type, JobRow job) {
        try {
            return cosignatures.covers(id)
                    && entries.event(id)
                            .filter(event -> event.type().equals(Optional.of(type)))
                            .flatMap(event -> event.body().member("job"))
                            .equals(Optional.of(Json.of(job.id().toString())));
        } catch (LedgerException | CryptoException damaged) {
            LOG.errorf("the entry that job %s names cannot be opened", job.id());
            return false;
        }
    }

    /** The receipt with the lines of witnesses that have cosigned its checkpoint. */
    Receipt cosigned(Receipt receipt) {
        var proof = TlogProof.parse(receipt.tlogProof());
        var cosigned = new TlogProof(proof.entry(), proof.index(), proof.path(), cosignatures.cosigned(proof.note()));
        return new Receipt(receipt.eventId(), receipt.index(), cosigned.text());
    }

    /** In a transaction, in which a question that names no decision is planned again. */
    Showing showing(Handle tx, JobRow job) {
        var release = job.outcome().map(JobRow.Outcome::event);
        if (release.flatMap(ledger::receipt).isEmpty()) {
            return Showing.NO;
        }
        boolean may = cosignatures.quorum() == 0
                || release.filter(event -> seen(event, EventType.RELEASE_PUBLISHED, job))
                        .isPresent()
                || !identifying(tx, job);
        return may ? Showing.YES : Showing.HELD;
    }

    private boolean identifying(Handle tx, JobRow job) {
        if (job.witnessed().isPresent()) {
            return true;
        }
        try {
            return planning.again(tx, job).map(planning::touchesIdentifying).orElse(true);
        } catch (TamisException damaged) {
            return true;
        }
    }
}
