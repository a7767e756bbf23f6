package io.tamis.jobs;

import io.tamis.ledger.Cosignatures;
import io.tamis.ledger.Ledger;
import io.tamis.ledger.Receipt;
import io.tamis.log.TlogProof;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * Lets what identifies people (a column of level 4 or 5) be read, and what was found by it be shown, only once independent
 * witnesses have cosigned a checkpoint that covers the entry about it. Whoever runs the service can then not read, answer
 * and show everybody a log without that.
 *
 * <p>Asked three times: at admission, when so few witnesses are configured that it can never be; before the scan, about the
 * decision, when a refusal still costs nothing; before the result shows, about its release, when the answer can only wait.
 */
@Singleton
class WitnessGate {
    /** How long a job waits for witnesses before its scan. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Cosignatures cosignatures;
    private final Ledger ledger;

    WitnessGate(Cosignatures cosignatures, Ledger ledger) {
        this.cosignatures = cosignatures;
        this.ledger = ledger;
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
                || job.witnessed().filter(cosignatures::covers).isPresent();
    }

    /** The receipt with the lines of witnesses that have cosigned its checkpoint. */
    Receipt cosigned(Receipt receipt) {
        var proof = TlogProof.parse(receipt.tlogProof());
        var cosigned = new TlogProof(proof.entry(), proof.index(), proof.path(), cosignatures.cosigned(proof.note()));
        return new Receipt(receipt.eventId(), receipt.index(), cosigned.text());
    }

    Showing showing(JobRow job) {
        var release = job.outcome().map(JobRow.Outcome::event);
        if (release.flatMap(ledger::receipt).isEmpty()) {
            return Showing.NO;
        }
        boolean seen = job.witnessed().isEmpty()
                || release.filter(cosignatures::covers).isPresent();
        return seen ? Showing.YES : Showing.HELD;
    }
}
