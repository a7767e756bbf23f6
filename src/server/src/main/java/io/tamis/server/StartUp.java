package io.tamis.server;

import io.tamis.crypto.BcfksKeyProvider;
import io.tamis.crypto.KeySet;
import io.tamis.data.Code;
import io.tamis.data.TamisException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Settles data directory, database, keys and token issuer before Quarkus starts.
 *
 * <p>Two ways to run. In the profiles {@code demo}, {@code dev} and {@code test} whatever is not configured is made in the
 * data directory: an embedded PostgreSQL, a key store, an issuer key. In every other profile, which includes the bare jar,
 * each of them must be named: production never falls into a throw-away database or a demonstration key.
 */
final class StartUp {
    private static final String PORT_DEFAULT = "8080";

    private final UnaryOperator<String> properties;
    private final UnaryOperator<String> environment;

    StartUp(UnaryOperator<String> properties, UnaryOperator<String> environment) {
        this.properties = properties;
        this.environment = environment;
    }

    static StartUp fromEnvironment() {
        return new StartUp(System::getProperty, System::getenv);
    }

    /** Prepares the start and sets the system properties that Quarkus then reads. */
    void prepare() {
        requireFreePort();
        Map<String, String> settled = demonstration() ? demo() : production();
        settled.forEach(System::setProperty);
    }

    /** Found now, a taken port is one line; found by the HTTP server, it is a page of stack trace after a long start. */
    private void requireFreePort() {
        String port = value(Setting.PORT).orElse(PORT_DEFAULT);
        String host = value(Setting.HOST).orElse("127.0.0.1");
        try (var probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(host, Integer.parseInt(port)));
        } catch (IOException | IllegalArgumentException taken) {
            throw new StartRefused(
                    Code.PORT_IN_USE, "Name another one with --port or " + Setting.PORT.variable() + ".");
        }
    }

    private boolean demonstration() {
        return value(Setting.PROFILE)
                .map(profile -> profile.equals("demo") || profile.equals("dev") || profile.equals("test"))
                .orElse(false);
    }

    private Map<String, String> demo() {
        var data = DataDirectory.lock(required(Setting.DATA, Code.DATABASE_MISSING));
        var settled = new java.util.HashMap<String, String>();
        settled.put(Setting.DATA.property(), data.root().toString());
        if (value(Setting.JDBC_URL).isEmpty()) {
            settled.putAll(EmbeddedDatabase.start(data));
        }
        if (value(Setting.KEYS_FILE).isEmpty()) {
            settled.putAll(DemoKeys.in(data));
        }
        if (value(Setting.ISSUER_KEYS).isEmpty() && value(Setting.ISSUER_KEY).isEmpty()) {
            settled.putAll(DemoIssuer.in(data).properties());
        }
        if (value(Setting.POLICIES).isEmpty()) {
            settled.put(Setting.POLICIES.property(), policiesOfTheCheckout().toString());
        }
        return settled;
    }

    /**
     * The bundle beside the working directory, else the one of the checkout this jar was built in
     * ({@code <root>/src/server/target/quarkus-app/app/*.jar}).
     */
    private static Path policiesOfTheCheckout() {
        Path here = Path.of("policies").toAbsolutePath();
        if (Files.isDirectory(here)) {
            return here;
        }
        Path at = Path.of(System.getProperty("java.class.path").split(java.io.File.pathSeparator, 2)[0])
                .toAbsolutePath();
        for (Path folder = at; folder != null; folder = folder.getParent()) {
            if (Files.isRegularFile(folder.resolve("policies/bundle.yaml"))) {
                return folder.resolve("policies");
            }
        }
        return here;
    }

    private Map<String, String> production() {
        required(Setting.JDBC_URL, Code.DATABASE_MISSING);
        DataDirectory data = DataDirectory.lock(required(Setting.DATA, Code.DATABASE_MISSING));
        Path policies = Path.of(required(Setting.POLICIES, Code.POLICY_MISSING));
        if (!Files.isRegularFile(policies.resolve("bundle.yaml"))) {
            throw new StartRefused(
                    Code.POLICY_MISSING,
                    "There is no bundle.yaml in the folder " + Setting.POLICIES.variable() + " names.");
        }
        checkKeys(data);
        // Two logs of one name look like a fork to every witness they share.
        required(Setting.LEDGER_NAME, Code.LEDGER_NAME_MISSING);
        required(Setting.ISSUER, Code.ISSUER_MISSING);
        if (value(Setting.ISSUER_KEYS).isEmpty() && value(Setting.ISSUER_KEY).isEmpty()) {
            required(Setting.ISSUER_KEYS, Code.ISSUER_MISSING);
        }
        if (value(Setting.ISSUER).orElseThrow().equals(DemoIssuer.NAME)) {
            throw new StartRefused(Code.DEMO_KEY_REFUSED, "Name your own issuer in " + Setting.ISSUER.variable() + ".");
        }
        return Map.of();
    }

    /** Keys beside the data they protect fall with it to one thief. */
    private void checkKeys(DataDirectory data) {
        Path file = Path.of(required(Setting.KEYS_FILE, Code.KEYS_MISSING))
                .toAbsolutePath()
                .normalize();
        Path password = Path.of(required(Setting.KEYS_PASSWORD_FILE, Code.KEYS_MISSING))
                .toAbsolutePath()
                .normalize();
        if (file.startsWith(data.root()) || password.startsWith(data.root())) {
            throw new StartRefused(Code.KEYS_MISSING, "The key store and its password lie outside the data directory.");
        }
        try {
            var keys = BcfksKeyProvider.open(file, KeyFiles.password(password));
            if (keys.demonstration()) {
                throw new StartRefused(Code.DEMO_KEY_REFUSED, "Make a key store with: tamis keys create.");
            }
            if (!keys.missing(KeySet.SERVICE).isEmpty()) {
                throw new StartRefused(
                        Code.KEYS_MISSING, "An earlier version made it; complete it with: tamis keys add-missing.");
            }
        } catch (IOException unreadable) {
            throw new StartRefused(Code.KEYS_MISSING, "The password file cannot be read.");
        } catch (TamisException known) {
            throw known instanceof StartRefused ? known : new StartRefused(Code.KEYS_MISSING, "It does not open.");
        }
    }

    private String required(Setting setting, Code code) {
        return value(setting).orElseThrow(() -> new StartRefused(code, "Set " + setting.variable() + "."));
    }

    private Optional<String> value(Setting setting) {
        return setting.value(properties, environment);
    }
}
