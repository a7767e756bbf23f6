package io.tamis.cli.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an upload sends: one file as it is, or the part files of a directory as one zip. Two openings give the same bytes
 * as long as the files are the same.
 */
sealed interface Payload {
    /** How the body calls itself. */
    String mediaType();

    /** The bytes of the files, of which the body may have a few more. */
    long fileBytes() throws IOException;

    /** The body from its start. */
    InputStream open() throws IOException;

    /** The file that the service means by the part at this position, from 1. */
    Optional<Path> part(int position);

    /** What a path holds, without the columns that are withheld; wrong usage, with the file named, when it cannot be loaded. */
    static Payload of(Path path, Withheld withheld) throws IOException {
        if (Files.isDirectory(path)) {
            return Parts.of(path, withheld);
        }
        if (!Files.isReadable(path) || !Files.isRegularFile(path)) {
            throw ClientException.usage("cannot read " + path);
        }
        String mediaType = FileKind.of(path)
                .map(FileKind::mediaType)
                .or(() -> path.toString().endsWith(".zip") ? Optional.of(Parts.ZIP) : Optional.empty())
                .orElseThrow(() -> ClientException.usage(
                        "cannot tell what " + path + " is; a file ends in " + FileKind.endings() + " or .zip"));
        return new One(path, mediaType, withheld);
    }

    /** One file. */
    record One(Path file, String mediaType, Withheld withheld) implements Payload {
        @Override
        public long fileBytes() throws IOException {
            return Files.size(file);
        }

        @Override
        public InputStream open() throws IOException {
            return withheld.open(file);
        }

        @Override
        public Optional<Path> part(int position) {
            return Optional.empty();
        }
    }

    /** Files of one kind, in the order of their names. */
    record Parts(List<Path> files, Withheld withheld) implements Payload {
        /** The service takes no more. */
        static final int PARTS_MAX = 10_000;

        private static final String ZIP = "application/zip";

        public Parts {
            files = List.copyOf(files);
        }

        /** The part files of a directory; what starts with a dot or an underscore is a writer's own, as in Spark and Hive. */
        static Parts of(Path directory, Withheld withheld) throws IOException {
            List<Path> files;
            try (Stream<Path> entries = Files.list(directory)) {
                files = entries.filter(Parts::isData)
                        .sorted(Comparator.comparing(Parts::name))
                        .limit(PARTS_MAX + 1L)
                        .toList();
            }
            if (files.isEmpty()) {
                throw ClientException.usage(
                        "nothing to load in " + directory + "; part files end in " + FileKind.endings());
            }
            if (files.size() > PARTS_MAX) {
                throw ClientException.usage("more than " + PARTS_MAX + " files in " + directory);
            }
            for (Path file : files) {
                check(file, files.getFirst());
            }
            return new Parts(files, withheld);
        }

        private static void check(Path file, Path first) {
            if (Files.isDirectory(file)) {
                throw ClientException.usage(file + " is a directory; part files lie side by side");
            }
            if (!Files.isReadable(file) || !Files.isRegularFile(file)) {
                throw ClientException.usage("cannot read " + file);
            }
            var kind = FileKind.of(file)
                    .orElseThrow(() -> ClientException.usage(
                            "cannot tell what " + file + " is; part files end in " + FileKind.endings()));
            if (!FileKind.of(first).orElse(kind).equals(kind)) {
                throw ClientException.usage(
                        first + " and " + file + " are of two kinds; one table exported twice would count twice");
            }
        }

        private static boolean isData(Path file) {
            return !name(file).startsWith(".") && !name(file).startsWith("_");
        }

        private static String name(Path file) {
            return file.getFileName().toString();
        }

        @Override
        public String mediaType() {
            return ZIP;
        }

        @Override
        public long fileBytes() throws IOException {
            long bytes = 0;
            for (Path file : files) {
                bytes += Files.size(file);
            }
            return bytes;
        }

        @Override
        public InputStream open() {
            return new PartsZip(files, withheld);
        }

        @Override
        public Optional<Path> part(int position) {
            boolean there = position >= 1 && position <= files.size();
            return there ? Optional.of(files.get(position - 1)) : Optional.empty();
        }
    }
}
