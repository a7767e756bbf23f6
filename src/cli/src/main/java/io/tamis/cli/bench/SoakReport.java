package io.tamis.cli.bench;

import io.tamis.cli.client.ExitCode;
import io.tamis.cli.client.Shell;
import io.tamis.data.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a soak saw: facts, and each promise that was broken. Safe for use by several threads. */
public final class SoakReport {
    private static final int VIOLATIONS_TOLD = 20;

    private final String soak;
    private final Map<String, Long> facts = Collections.synchronizedMap(new LinkedHashMap<>());
    private final List<String> violations = Collections.synchronizedList(new ArrayList<>());

    /** An empty report of this soak. */
    public SoakReport(String soak) {
        this.soak = soak;
    }

    /** Sets a fact. */
    public void fact(String name, long value) {
        facts.put(name, value);
    }

    /** Notes a broken promise unless the condition holds. */
    public void require(boolean holds, String promise) {
        if (!holds) {
            violations.add(promise);
        }
    }

    /** What was broken so far. */
    public List<String> violations() {
        return List.copyOf(violations);
    }

    /** Prints it and returns the exit status. */
    public int print(Shell shell, boolean json) {
        if (json) {
            var told = Json.object().put("soak", soak).put("ok", violations.isEmpty());
            var numbers = Json.object();
            facts.forEach(numbers::put);
            told.put("facts", numbers.build());
            told.put("violations", Json.strings(violations()));
            shell.out().println(told.build().canonical());
        } else {
            facts.forEach((name, value) -> shell.out().printf("  %-28s %d%n", name, value));
            violations.stream()
                    .limit(VIOLATIONS_TOLD)
                    .forEach(broken -> shell.out().println("BROKEN: " + broken));
            shell.out()
                    .println(soak + ": "
                            + (violations.isEmpty() ? "every promise held" : violations.size() + " broken"));
        }
        return (violations.isEmpty() ? ExitCode.DONE : ExitCode.NO).number();
    }
}
