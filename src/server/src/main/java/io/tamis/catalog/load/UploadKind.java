package io.tamis.catalog.load;

import java.util.Arrays;
import java.util.Optional;

/** What the bytes of an upload, or of one part of it, are. */
public enum UploadKind {
    /** RFC 4180 with a header line. */
    CSV("text/csv", ".csv"),
    /** Apache Parquet, one flat table. */
    PARQUET("application/vnd.apache.parquet", ".parquet"),
    /** A zip of part files that together are one version. */
    ZIP("application/zip", ".zip");

    private final String mediaType;
    private final String suffix;

    UploadKind(String mediaType, String suffix) {
        this.mediaType = mediaType;
        this.suffix = suffix;
    }

    /** The kind a {@code Content-Type} names, whatever its parameters. */
    public static Optional<UploadKind> ofMediaType(String contentType) {
        String type = contentType.split(";", 2)[0].strip();
        return Arrays.stream(values())
                .filter(kind -> kind.mediaType.equalsIgnoreCase(type))
                .findFirst();
    }

    /** The kind a part's name ends in; a zip inside a zip is none. */
    static Optional<UploadKind> ofPart(String name) {
        return Arrays.stream(values())
                .filter(kind -> kind != ZIP && name.endsWith(kind.suffix))
                .findFirst();
    }
}
