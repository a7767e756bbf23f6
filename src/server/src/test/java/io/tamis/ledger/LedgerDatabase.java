package io.tamis.ledger;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.config.ConfigProvider;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;

/** An empty database beside the service's, and connections to it whose COMMIT can be made to fail. */
final class LedgerDatabase {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final String url;

    private LedgerDatabase(String url) {
        this.url = url;
    }

    /** Where a commit fails: with nothing written, or with everything written and the answer lost. */
    enum Fault {
        NONE,
        BEFORE_COMMIT,
        AFTER_COMMIT
    }

    static synchronized LedgerDatabase create() {
        String service = setting("quarkus.datasource.jdbc.url");
        var server = Jdbi.create(() -> connect(service));
        if (NUMBER.getAndIncrement() == 0) {
            server.useHandle(handle -> handle.execute("CREATE DATABASE ledger_template"));
            migrate(named(service, "ledger_template"));
        }
        String name = "ledger_" + NUMBER;
        server.useHandle(handle -> handle.execute("CREATE DATABASE " + name + " TEMPLATE ledger_template"));
        return new LedgerDatabase(named(service, name));
    }

    private static void migrate(String url) {
        Flyway.configure()
                .dataSource(url, setting("quarkus.datasource.username"), setting("quarkus.datasource.password"))
                .locations("classpath:db/migration")
                .load()
                .migrate();
    }

    private static String named(String service, String name) {
        return service.replaceFirst("/postgres\\b", "/" + name);
    }

    Jdbi jdbi() {
        return Jdbi.create(() -> connect(url));
    }

    /** Connections whose next COMMIT goes wrong in the way that is set; it resets itself. */
    Jdbi jdbi(AtomicReference<Fault> next) {
        return Jdbi.create(() -> faulty(connect(url), next));
    }

    private static Connection faulty(Connection real, AtomicReference<Fault> next) {
        return (Connection) Proxy.newProxyInstance(
                LedgerDatabase.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    Fault fault = method.getName().equals("commit") ? next.getAndSet(Fault.NONE) : Fault.NONE;
                    if (fault == Fault.BEFORE_COMMIT) {
                        real.close();
                        throw new SQLException("connection lost before COMMIT");
                    }
                    try {
                        Object result = method.invoke(real, arguments);
                        if (fault == Fault.AFTER_COMMIT) {
                            real.close();
                            throw new SQLException("connection lost after COMMIT");
                        }
                        return result;
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }

    private static Connection connect(String url) throws SQLException {
        return DriverManager.getConnection(
                url, setting("quarkus.datasource.username"), setting("quarkus.datasource.password"));
    }

    private static String setting(String name) {
        return ConfigProvider.getConfig().getValue(name, String.class);
    }
}
