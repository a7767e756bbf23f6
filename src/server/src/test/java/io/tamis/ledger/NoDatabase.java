package io.tamis.ledger;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import org.jdbi.v3.core.Jdbi;

/** Transactions without a database: they begin, commit and roll back, and that is all. For fakes that want a handle. */
public final class NoDatabase {
    private NoDatabase() {}

    /** Its handles know whether they are in a transaction; a statement is a mistake and fails. */
    public static Jdbi jdbi() {
        return Jdbi.create(NoDatabase::connection);
    }

    private static Connection connection() {
        boolean[] autoCommit = {true};
        return (Connection) Proxy.newProxyInstance(
                NoDatabase.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "setAutoCommit" -> autoCommit[0] = (Boolean) arguments[0];
                        case "getAutoCommit" -> {
                            return autoCommit[0];
                        }
                        case "isClosed", "isReadOnly" -> {
                            return false;
                        }
                        case "getTransactionIsolation" -> {
                            return Connection.TRANSACTION_READ_COMMITTED;
                        }
                        case "commit", "rollback", "close" -> {}
                        default -> throw new UnsupportedOperationException(method.getName());
                    }
                    return null;
                });
    }
}
