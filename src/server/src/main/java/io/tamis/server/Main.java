package io.tamis.server;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Entry point. */
@QuarkusMain
public final class Main {
    private Main() {}

    /** Starts the service. */
    public static void main(String... args) {
        Quarkus.run(args);
    }
}
