package io.tamis.cli.demo;

import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.Shell;
import io.tamis.data.Json;
import io.tamis.data.TamisException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Runs one step after the other, tells each as it ends, and stops at the first that is not as it should be. */
final class Steps {
    private static final Duration WORTH_TELLING = Duration.ofSeconds(1);

    private final PrintStream told;
    private final Shell shell;
    private final List<Json> record = new ArrayList<>();
    private Optional<String> failed = Optional.empty();

    /** Steps told to this stream. */
    Steps(Shell shell, PrintStream told) {
        this.shell = shell;
        this.told = told;
    }

    /** Runs a step unless an earlier one has failed. */
    void step(String name, Supplier<Outcome> action) {
        if (failed.isPresent()) {
            return;
        }
        Instant begun = shell.clock().instant();
        if (shell.terminal()) {
            told.print("… " + name + "\r");
            told.flush();
        }
        Outcome outcome = attempt(action);
        var took = Duration.between(begun, shell.clock().instant());
        var seconds = BigDecimal.valueOf(took.toMillis(), 3);
        var entry = Json.object().put("step", name).put("seconds", seconds.toPlainString());
        switch (outcome) {
            case Outcome.Passed(String said, List<String> more) -> {
                told.println(erase() + "✓ " + name + ": " + said + told(took));
                more.forEach(line -> told.println("    " + line));
                record.add(entry.put("ok", true).put("said", said).build());
            }
            case Outcome.Failed(String why) -> {
                told.println(erase() + "✗ " + name + ": " + why);
                record.add(entry.put("ok", false).put("said", why).build());
                failed = Optional.of(name);
            }
        }
    }

    /** How long it took, when somebody may have wondered. */
    private static String told(Duration took) {
        return took.compareTo(WORTH_TELLING) < 0
                ? ""
                : " (" + BigDecimal.valueOf(took.toMillis() / 100, 1).toPlainString() + " s)";
    }

    /** Takes away the line that said which step is under way. */
    private String erase() {
        return shell.terminal() ? "\u001b[K" : "";
    }

    private static Outcome attempt(Supplier<Outcome> action) {
        try {
            return action.get();
        } catch (ClientException told) {
            return new Outcome.Failed(told.advice());
        } catch (TamisException coded) {
            return new Outcome.Failed(coded.code() + ": " + coded.code().title());
        }
    }

    /** The step that was not as it should be. */
    Optional<String> failed() {
        return failed;
    }

    /** What happened, for scripts. */
    Json.Arr record() {
        return Json.array(record);
    }
}
