package io.tamis.server;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/** Database, keys, issuer and data directory of the tests, made by the same code that makes a demonstration's. */
public final class TestServer implements QuarkusTestResourceLifecycleManager {
    /** The folder the tests' server keeps its data in. */
    public static final Path DATA = Path.of("target/test-data").toAbsolutePath();

    @Override
    public Map<String, String> start() {
        try {
            deleteTree(Path.of("target/test-policies"));
            deleteTree(DATA.resolve("pg"));
            deleteTree(DATA.resolve("keys"));
            deleteTree(DATA.resolve("datasets"));
            deleteTree(DATA.resolve("links"));
            deleteTree(DATA.resolve("orders"));
            deleteTree(DATA.resolve("audience"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        Path policies = LabPolicies.write(Path.of("target/test-policies").toAbsolutePath());
        DataDirectory data = DataDirectory.lock(DATA.toString());
        var settled = new HashMap<String, String>();
        settled.put("tamis.data", data.root().toString());
        settled.put("tamis.policies", policies.toString());
        settled.putAll(EmbeddedDatabase.start(data));
        settled.putAll(DemoKeys.in(data));
        settled.putAll(DemoIssuer.in(data).properties());
        return settled;
    }

    @Override
    public void stop() {
        // The database stops with the test process, after Quarkus has closed its connections.
    }

    static void deleteTree(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
