package io.tamis.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** A key holder's store, for what needs no service. */
final class StoreOptions {
    @Option(names = "--store", required = true, paramLabel = "DIR", description = "the holder's folder (holder init)")
    Path store = Path.of("");

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "the store's password (default: DIR.password, beside the folder)")
    Optional<Path> passwordFile = Optional.empty();

    @Option(names = "--json", description = "print {keyEpoch, done}")
    boolean json;
}
