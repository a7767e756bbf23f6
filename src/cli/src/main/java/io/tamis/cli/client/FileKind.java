package io.tamis.cli.client;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** A kind of file that holds rows, told by the end of its name. */
enum FileKind {
    CSV(".csv", "text/csv"),
    PARQUET(".parquet", "application/vnd.apache.parquet");

    private final String ending;
    private final String mediaType;

    FileKind(String ending, String mediaType) {
        this.ending = ending;
        this.mediaType = mediaType;
    }

    static Optional<FileKind> of(Path file) {
        String name = file.getFileName().toString();
        return Arrays.stream(values())
                .filter(kind -> name.endsWith(kind.ending))
                .findFirst();
    }

    /** The endings there are, for people. */
    static String endings() {
        return Arrays.stream(values()).map(kind -> kind.ending).collect(Collectors.joining(" or "));
    }

    String mediaType() {
        return mediaType;
    }
}
