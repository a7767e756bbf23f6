package io.tamis.ledger;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jdbi.v3.core.Handle;

/** PostgreSQL's. */
@Singleton
final class PostgresClock implements DatabaseClock {
    @Override
    public Instant now(Handle handle) {
        return handle.createQuery("SELECT clock_timestamp()")
                .mapTo(OffsetDateTime.class)
                .one()
                .toInstant();
    }
}
