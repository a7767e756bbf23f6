package io.tamis.server;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.tamis.data.Code;
import io.tamis.data.TamisException;

/**
 * Entry point. Before Quarkus starts, {@link StartUp} settles where the data lies and which database serves; whatever is
 * missing stops the start with one line on standard error and exit status 78 (EX_CONFIG).
 */
@QuarkusMain
public final class Main {
    private static final int EXIT_CONFIG = 78;

    private Main() {}

    /** Starts the service. */
    public static void main(String... args) {
        try {
            StartUp.fromEnvironment().prepare();
        } catch (StartRefused refused) {
            exit(refused);
        }
        Quarkus.run(null, (status, failure) -> exitAfter(status, failure), args);
    }

    private static void exitAfter(int status, Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TamisException known) {
                exit(known);
            }
        }
        if (failure != null) {
            failure.printStackTrace(System.err);
        }
        System.exit(status);
    }

    /** One line: the code, the fixed text, and for start-up refusals what to set. */
    private static void exit(TamisException known) {
        String hint = known instanceof StartRefused refused ? " " + refused.hint() : "";
        Code code = known.code();
        System.err.println(code + ": " + code.title() + hint + " (" + code.documentation() + ")");
        System.exit(EXIT_CONFIG);
    }
}
