package io.tamis.cli.demo;

import io.tamis.cli.client.ClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What somebody sees who has the service's disk, but not its keys: the bytes of link files. */
final class SealedFiles {
    /** As long as a pseudonym. */
    private static final int BLOCK_BYTES = 16;

    private static final int FILES_MAX = 10_000;
    private static final int LINES_MAX = 1_000;

    private final List<String> contents;

    /** All files in this folder and below; each byte is a character, so that bytes can be searched as text is. */
    SealedFiles(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            contents = files.filter(Files::isRegularFile)
                    .limit(FILES_MAX)
                    .map(SealedFiles::read)
                    .toList();
        } catch (IOException | UncheckedIOException unreadable) {
            throw ClientException.usage("cannot read the links in " + folder);
        }
    }

    /** The first field of the first lines of a CSV, without blanks and signs. */
    static Set<String> firstFields(Path csv) {
        try (Stream<String> lines = Files.lines(csv)) {
            var fields = new HashSet<String>();
            lines.skip(1).limit(LINES_MAX).forEach(line -> fields.add(line.split(",", 2)[0].replaceAll("[^0-9]", "")));
            return fields;
        } catch (IOException | UncheckedIOException unreadable) {
            throw ClientException.usage("cannot read " + csv);
        }
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** How many there are. */
    int count() {
        return contents.size();
    }

    /** True when one of these texts is in a file. */
    boolean holdsAny(Set<String> texts) {
        return contents.stream().anyMatch(content -> texts.stream().anyMatch(content::contains));
    }

    /** True when 16 bytes of a file, beginning anywhere, are somewhere in the others' files too. */
    boolean sharesBlocksWith(SealedFiles others) {
        var blocks = new HashSet<String>();
        for (String content : contents) {
            for (int at = 0; at + BLOCK_BYTES <= content.length(); at++) {
                blocks.add(content.substring(at, at + BLOCK_BYTES));
            }
        }
        return others.contents.stream().anyMatch(content -> {
            for (int at = 0; at + BLOCK_BYTES <= content.length(); at += BLOCK_BYTES) {
                if (blocks.contains(content.substring(at, at + BLOCK_BYTES))) {
                    return true;
                }
            }
            return false;
        });
    }
}
