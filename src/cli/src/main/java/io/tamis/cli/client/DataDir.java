package io.tamis.cli.client;

import java.nio.file.Path;
import java.util.Optional;

/** The folder of a demonstration server: its keys, its database, its log. */
public record DataDir(Path path) {
    public DataDir {
        path = path.toAbsolutePath().normalize();
    }

    /** The folder named on the command line, else {@code .tamis} in the repository. */
    public static DataDir find(Optional<Path> option, Path root) {
        return new DataDir(option.orElse(root.resolve(".tamis")));
    }

    /** What the server writes once it listens. */
    public Path serverFile() {
        return path.resolve("server.json");
    }

    /** The private key of the demonstration issuer, made by the server at its first start. */
    public Path issuerKey() {
        return path.resolve("keys").resolve("demo-issuer.jwk");
    }

    /** Where a server started by a command writes what it has to say. */
    public Path serverLog() {
        return path.resolve("server.log");
    }
}
