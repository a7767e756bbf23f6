package io.tamis.ledger.witness;

import io.tamis.ledger.PublishedLog.Published;
import io.tamis.log.Origin;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The checkpoint all witnesses are asked for now. Each by itself would take the newest one, and while the log grows no two
 * would ever meet on one: so a target stays until a quorum has cosigned it, or until it is older than a witness may take.
 */
final class Round {
    private final int enough;
    private final Duration patience;
    private final Set<String> cosigned = new HashSet<>();
    private Optional<Target> current = Optional.empty();

    private record Target(Origin origin, Published published, long begun) {}

    /**
     * @param enough how many witnesses end a round
     * @param patience how long a round may last
     */
    Round(int enough, Duration patience) {
        this.enough = enough;
        this.patience = patience;
    }

    /** What to ask for, given the newest checkpoint of the log. */
    synchronized Published target(Origin origin, Published newest) {
        boolean stays = current.filter(target -> target.origin().equals(origin))
                .filter(target -> cosigned.size() < enough && left(target) > 0)
                .isPresent();
        if (!stays) {
            current = Optional.of(new Target(origin, newest, System.nanoTime()));
            cosigned.clear();
            notifyAll();
        }
        return current.orElseThrow().published();
    }

    /** A witness has cosigned a checkpoint; another one than the target changes nothing. */
    synchronized void cosigned(Origin origin, long size, String witness) {
        boolean hit = current.filter(target -> target.origin().equals(origin)
                        && target.published().head().size() == size)
                .isPresent();
        if (hit && cosigned.add(witness) && cosigned.size() >= enough) {
            notifyAll();
        }
    }

    /** Waits for the end of the round of this target; for a witness that has done its part. */
    synchronized void awaitEnd(Published target) throws InterruptedException {
        while (current.filter(now -> now.published().equals(target)).isPresent() && cosigned.size() < enough) {
            long left = left(current.orElseThrow());
            if (left <= 0) {
                return;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    private long left(Target target) {
        return target.begun() + patience.toNanos() - System.nanoTime();
    }
}
