package io.tamis.cli.demo;

import io.tamis.cli.client.ClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Makes a forged copy of an export: one bit of one entry in its middle is another. */
final class Tampering {
    private static final String ENTRIES = "entries.jsonl";

    private Tampering() {}

    /** Copies the export and changes the copy; returns which entry was changed. */
    static long forge(Path export, Path copy) {
        try {
            copy(export, copy);
            Path entries = copy.resolve(ENTRIES);
            byte[] bytes = Files.readAllBytes(entries);
            int at = digitNear(bytes, bytes.length / 2);
            // A digit stays a digit, so that the file still parses and only the mathematics can find out.
            bytes[at] = (byte) (bytes[at] ^ 1);
            Files.write(entries, bytes);
            return lineOf(bytes, at);
        } catch (IOException unwritable) {
            throw ClientException.usage("cannot copy the export to " + copy);
        }
    }

    /** Deletes an export or a copy. */
    static void delete(Path folder) {
        try {
            // What is deepest comes last, and must go first.
            for (Path file : files(folder).reversed()) {
                Files.delete(file);
            }
        } catch (IOException undeletable) {
            throw ClientException.usage("cannot delete " + folder);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> walked = Files.walk(folder)) {
            return walked.toList();
        } catch (UncheckedIOException unreadable) {
            throw unreadable.getCause();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        for (Path file : files(from)) {
            Path target = to.resolve(from.relativize(file).toString());
            if (Files.isDirectory(file)) {
                Files.createDirectories(target);
            } else {
                Files.copy(file, target);
            }
        }
    }

    private static int digitNear(byte[] bytes, int start) {
        for (int at = start; at < bytes.length; at++) {
            if (bytes[at] >= '0' && bytes[at] <= '9') {
                return at;
            }
        }
        throw ClientException.usage("the export has no entries");
    }

    private static long lineOf(byte[] bytes, int end) {
        long line = 0;
        for (int at = 0; at < end; at++) {
            if (bytes[at] == '\n') {
                line++;
            }
        }
        return line;
    }
}
