package io.tamis.server;

import java.sql.SQLException;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.ConnectionException;

/** Tells a database that is down, restarting or out of connections from a statement that is wrong. */
final class DatabaseAway {
    /** Causes looked at: a chain may be circular. */
    private static final int DEPTH_MAX = 16;

    /** SQL standard class 08: the connection was not made, or was lost. */
    private static final String CONNECTION = "08";

    /** PostgreSQL appendix A: admin_shutdown, crash_shutdown, cannot_connect_now, too_many_connections. */
    private static final Set<String> STATES = Set.of("57P01", "57P02", "57P03", "53300");

    private DatabaseAway() {}

    /** True when somewhere below this failure there is a connection that was not to be had. */
    static boolean caused(Throwable failure) {
        return Stream.iterate(failure, next -> next != null, Throwable::getCause)
                .limit(DEPTH_MAX)
                .anyMatch(DatabaseAway::away);
    }

    private static boolean away(Throwable failure) {
        return switch (failure) {
            case ConnectionException _ -> true;
            case SQLException sql -> sql.getSQLState() != null && away(sql.getSQLState());
            default -> false;
        };
    }

    private static boolean away(String state) {
        return state.startsWith(CONNECTION) || STATES.contains(state);
    }
}
