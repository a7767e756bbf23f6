package io.tamis.jobs;

import io.agroal.api.AgroalDataSource;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Which replica runs jobs: an advisory lock of the database session, so it ends with the connection however that ends. The
 * holder's own transactions could outlive a lost connection by the moment it takes to notice; the row locks on jobs keep
 * even that harmless.
 */
@Singleton
class WorkerLease {
    /** "jobs" in ASCII. */
    private static final long KEY = 0x6A6F6273L;

    private static final int CHECK_SECONDS = 2;

    private final AgroalDataSource dataSource;

    WorkerLease(AgroalDataSource dataSource) {
        this.dataSource = dataSource;
    }

    Held acquire() {
        try {
            Connection connection = dataSource.getConnection();
            return new Held(connection, take(connection));
        } catch (SQLException unreachable) {
            throw new IllegalStateException("the database does not answer", unreachable);
        }
    }

    private static boolean take(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                var row = statement.executeQuery("select pg_try_advisory_lock(" + KEY + ")")) {
            return row.next() && row.getBoolean(1);
        }
    }

    /** The lease, or the knowledge that another replica has it. */
    static final class Held implements AutoCloseable {
        private final Connection connection;
        private final boolean granted;

        private Held(Connection connection, boolean granted) {
            this.connection = connection;
            this.granted = granted;
        }

        /** True while the session that holds the lock answers. */
        boolean isHeld() {
            try {
                return granted && connection.isValid(CHECK_SECONDS);
            } catch (SQLException gone) {
                return false;
            }
        }

        @Override
        public void close() {
            // The connection goes back to a pool, so the lock is given up by name.
            try (connection;
                    Statement statement = connection.createStatement()) {
                if (granted) {
                    statement.execute("select pg_advisory_unlock(" + KEY + ")");
                }
            } catch (SQLException gone) {
                // The session ended, and the lock with it.
                return;
            }
        }
    }
}
