package io.tamis.cli.client;

import java.io.Console;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a command sees of the world: variables, streams, clock, the repository. Results go to {@code out}, everything
 * else (progress, problems) to {@code err}, so that {@code out} can be piped.
 *
 * @param terminal true when a person watches, so that a line may be drawn again and again
 */
public record Shell(
        Map<String, String> variables,
        InputStream in,
        PrintStream out,
        PrintStream err,
        InstantSource clock,
        Path root,
        boolean terminal) {
    public Shell {
        variables = Map.copyOf(variables);
        Objects.requireNonNull(in);
        Objects.requireNonNull(out);
        Objects.requireNonNull(err);
        Objects.requireNonNull(clock);
        Objects.requireNonNull(root);
    }

    /** The process's own. */
    public static Shell ofProcess() {
        return new Shell(
                System.getenv(),
                System.in,
                System.out,
                System.err,
                InstantSource.system(),
                Path.of(System.getProperty("tamis.root", "")).toAbsolutePath(),
                Optional.ofNullable(System.console())
                        .filter(Console::isTerminal)
                        .isPresent());
    }
}
