package io.tamis.ledger.anchor;

import io.tamis.data.Code;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;

/**
 * How often, how patiently, and how dearly.
 *
 * @param interval at least so long between two claims of one log
 * @param replaceAfter how long a transaction waits before another one pays more for its number
 * @param weiMax more than this is never offered for a unit of gas; 0 on a chain that asks for nothing
 */
record Pace(InstantSource clock, Duration interval, Duration replaceAfter, BigInteger weiMax) {
    Pace {
        Objects.requireNonNull(clock);
        if (interval.isNegative()
                || interval.isZero()
                || replaceAfter.isNegative()
                || replaceAfter.isZero()
                || weiMax.signum() < 0) {
            throw new AnchorException(Code.ANCHOR_REFUSED);
        }
    }

    Instant now() {
        return clock.instant();
    }

    /** Also when the clock was set back: it must not stretch the time in which nothing is anchored. */
    boolean over(Instant since, Duration length) {
        Instant now = now();
        return !now.isBefore(since.plus(length)) || now.isBefore(since);
    }
}
