package io.tamis.ledger;

import io.tamis.data.Code;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Who may export now: each export reads the whole log, and a reader may take it as slowly as it likes. */
final class ExportTurns {
    private final Semaphore free;
    private final Duration patience;

    /** So many at a time; who comes when none is free is refused after so long. */
    ExportTurns(int atATime, Duration patience) {
        this.free = new Semaphore(atATime);
        this.patience = patience;
    }

    /** True when nobody would have to wait, as it looks now. */
    boolean anyFree() {
        return free.availablePermits() > 0;
    }

    /** Takes a turn if one is free now. */
    boolean takeNow() {
        return free.tryAcquire();
    }

    /** Takes a turn; {@code RATE_LIMITED} when none gets free in time. */
    void take() {
        try {
            if (!free.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new LedgerException(Code.RATE_LIMITED);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new LedgerException(Code.RATE_LIMITED, interrupted);
        }
    }

    void giveBack() {
        free.release();
    }
}
