package io.tamis.log.witness;

import io.tamis.data.Code;
import io.tamis.log.LogException;
import io.tamis.log.Origin;
import io.tamis.log.VerifierKey;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The logs a witness was started with, each by the keys its operator was given. */
public final class TrustedLogs implements KnownLogs {
    /** Most keys. */
    public static final int KEYS_MAX = 64;

    private static final Pattern YEARLY = Pattern.compile("(.*/)([0-9]{4})");

    private final List<VerifierKey> keys;
    private final Optional<InstantSource> years;

    private TrustedLogs(List<VerifierKey> keys, Optional<InstantSource> years) {
        if (keys.isEmpty() || keys.size() > KEYS_MAX) {
            throw new LogException(Code.INVALID_REQUEST);
        }
        this.keys = List.copyOf(keys);
        this.years = years;
    }

    /** Exactly the logs these keys are named for. */
    public static TrustedLogs exactly(List<VerifierKey> keys) {
        return new TrustedLogs(keys, Optional.empty());
    }

    /**
     * These logs and their neighbours: where a key is named {@code NAME/YEAR}, it is trusted for {@code NAME} of last, this
     * and next year too, unless another key is named for exactly that log. So a log that keeps its key goes on in January
     * without anybody, and one that changes it is let in by its operator.
     */
    public static TrustedLogs yearly(List<VerifierKey> keys, InstantSource clock) {
        return new TrustedLogs(keys, Optional.of(clock));
    }

    @Override
    public List<VerifierKey> keys(Origin origin) {
        var exact = keys.stream().filter(key -> key.name().equals(origin)).toList();
        return exact.isEmpty() && years.isPresent() ? neighbours(origin, years.get()) : exact;
    }

    private List<VerifierKey> neighbours(Origin origin, InstantSource clock) {
        var asked = YEARLY.matcher(origin.value());
        int now = clock.instant().atZone(ZoneOffset.UTC).getYear();
        if (!asked.matches() || Math.abs(Integer.parseInt(asked.group(2)) - now) > 1) {
            return List.of();
        }
        return keys.stream()
                .filter(key -> prefix(key.name()).equals(Optional.of(asked.group(1))))
                .map(key -> key.named(origin))
                .distinct()
                .toList();
    }

    private static Optional<String> prefix(Origin name) {
        var parts = YEARLY.matcher(name.value());
        return parts.matches() ? Optional.of(parts.group(1)) : Optional.empty();
    }
}
