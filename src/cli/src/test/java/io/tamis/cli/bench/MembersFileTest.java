package io.tamis.cli.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MembersFileTest {
    @TempDir
    Path folder;

    @Test
    void write_samePersons_isTheSameFile() throws IOException {
        assertArrayEquals(Files.readAllBytes(written("a", 1_000)), Files.readAllBytes(written("b", 1_000)));
    }

    @Test
    void write_anyPerson_fitsTheDeclaration() throws IOException {
        var lines = Files.readAllLines(written("a", 10_000));
        assertEquals("phone,member_tier,joined_on", lines.getFirst());
        assertTrue(lines.stream()
                .skip(1)
                .allMatch(line -> line.matches("138[0-9]{8},(bronze|silver|gold),2026-0[1-9]-15")));
    }

    /** One row a person, as declared: nobody comes twice. */
    @Test
    void write_manyPersons_areAllDifferent() throws IOException {
        try (var lines = Files.lines(written("a", 200_000))) {
            assertEquals(
                    200_000,
                    lines.skip(1).map(line -> line.substring(0, 11)).distinct().count());
        }
    }

    private Path written(String name, int persons) {
        Path file = folder.resolve(name);
        MembersFile.write(file, persons);
        return file;
    }
}
