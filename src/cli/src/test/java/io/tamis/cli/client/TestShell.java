package io.tamis.cli.client;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** A shell of strings, with a clock that stands still. */
public final class TestShell {
    /** The time it is. */
    public static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");

    /** A token of the right form that nobody signed. */
    public static final String TOKEN = "aGVhZA.Ym9keQ.c2ln";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Map<String, String> variables = new HashMap<>();
    private final Path root;
    private String in = "";
    private InstantSource clock = InstantSource.fixed(NOW);

    public TestShell(Path root) {
        this.root = root;
    }

    /** A shell whose variables name this service and a token. */
    public static TestShell of(FakeService service, Path root) {
        return new TestShell(root).with("TAMIS_URL", service.url().toString()).with("TAMIS_TOKEN", TOKEN);
    }

    public TestShell with(String variable, String value) {
        variables.put(variable, value);
        return this;
    }

    public TestShell withInput(String text) {
        in = text;
        return this;
    }

    public TestShell withClock(InstantSource other) {
        clock = other;
        return this;
    }

    public Shell shell() {
        return shell(false);
    }

    public Shell shell(boolean terminal) {
        return new Shell(
                variables,
                new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                clock,
                root,
                terminal);
    }

    public String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    public String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
