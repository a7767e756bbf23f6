package io.tamis.ledger;

import io.tamis.log.Origin;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The names of this installation's logs, one a year, by number; a name never changes and a log never goes away. The one with
 * the greatest number is open. A replica may not know yet that another one has opened the next: what it seals for the old one
 * then is sealed again when it is sequenced.
 */
@Singleton
final class LogNames {
    private final Jdbi jdbi;
    private final ConcurrentSkipListMap<Short, Origin> names = new ConcurrentSkipListMap<>();

    /** {@code first} is asked for so that there is a log. */
    LogNames(Jdbi jdbi, Origin first) {
        this.jdbi = jdbi;
        names.put(EntryRows.LOG_ID, first);
        jdbi.useHandle(this::refresh);
    }

    /** The log that takes entries, as far as this process knows. */
    short open() {
        return names.lastKey();
    }

    /** The name of a log of which this process has seen a row. */
    Origin of(short log) {
        return find(log).orElseThrow(() -> new IllegalStateException("a row of a log that is not there"));
    }

    /** The name of a log; empty when there is none of this number. */
    Optional<Origin> find(short log) {
        return known(log).or(() -> {
            jdbi.useHandle(this::refresh);
            return known(log);
        });
    }

    /** Learns of logs that have been opened since. */
    void refresh(Handle handle) {
        LogHead.all(handle).forEach(head -> names.putIfAbsent(head.log(), head.origin()));
    }

    private Optional<Origin> known(short log) {
        return Optional.ofNullable(names.get(log));
    }
}
