package io.tamis.synthetic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample that is shipped is what the generator makes: 10,000 persons of seed 42. */
class ThreePlatformsTest {
    private static final Path SHIPPED = Path.of("..", "..", "sandbox-datasets", "three-platforms");
    private static final long BYTES_MAX = 12_000_000;

    @TempDir
    Path folder;

    @Test
    void sample_madeAgain_isTheSameBytes() throws IOException {
        WorldFiles.write(new World(new Seed(42), 10_000), folder, 2, persons -> {});
        for (String name : WorldFiles.names()) {
            assertArrayEquals(
                    Files.readAllBytes(folder.resolve(name)), Files.readAllBytes(SHIPPED.resolve(name)), name);
        }
    }

    @Test
    void folder_asShipped_holdsTheFilesAndTheirDatasheet() throws IOException {
        var expected = new TreeSet<>(WorldFiles.names());
        expected.add("DATASHEET.md");
        try (var files = Files.list(SHIPPED)) {
            assertEquals(
                    expected,
                    files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new)));
        }
        long bytes = 0;
        for (String name : expected) {
            bytes += Files.size(SHIPPED.resolve(name));
        }
        assertTrue(bytes < BYTES_MAX, "a repository is no place for large files");
    }
}
