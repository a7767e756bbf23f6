package io.tamis.cli.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/** Looks for what others than the owner may read. */
public final class OwnerModes {
    private static final Set<String> CLOSED = Set.of("rwx------", "rw-------");

    private OwnerModes() {}

    /** The folder and everything in it whose mode is not the owner's alone, each with its mode. */
    public static List<String> openToOthers(Path folder) throws IOException {
        try (var found = Files.walk(folder)) {
            return found.map(OwnerModes::described)
                    .filter(line -> CLOSED.stream().noneMatch(line::startsWith))
                    .sorted()
                    .toList();
        }
    }

    private static String described(Path path) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path)) + " " + path.getFileName();
        } catch (IOException gone) {
            throw new java.io.UncheckedIOException(gone);
        }
    }
}
