package io.tamis.cli.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadTest {
    @TempDir
    Path folder;

    @Test
    void directory_itsFilesInTheOrderOfNames_areOneZip() throws IOException {
        write("part-2.csv", "two");
        write("part-10.csv", "ten");
        write("part-1.csv", "");
        write("_SUCCESS", "");
        write(".part-1.csv.crc", "x");
        var payload = Payload.of(folder, Withheld.NONE);
        assertEquals("application/zip", payload.mediaType());
        assertEquals(6, payload.fileBytes());
        assertEquals(List.of("part-1.csv ", "part-10.csv ten", "part-2.csv two"), unzipped(payload));
        assertEquals(Optional.of(folder.resolve("part-10.csv")), payload.part(2));
        assertEquals(Optional.empty(), payload.part(0));
        assertEquals(Optional.empty(), payload.part(4));
    }

    @Test
    void directory_openedTwice_givesTheSameBytesWhateverTheTimes() throws IOException {
        write("a.csv", "x\n".repeat(100_000));
        write("b.csv", "y");
        byte[] first = bytes(Payload.of(folder, Withheld.NONE));
        Files.setLastModifiedTime(folder.resolve("a.csv"), FileTime.from(Instant.EPOCH));
        assertArrayEquals(first, bytes(Payload.of(folder, Withheld.NONE)));
        assertTrue(first.length > 200_000 && first.length < 201_000);
    }

    @Test
    void zip_readByteByByte_isTheSame() throws IOException {
        write("a.csv", "hello");
        var payload = Payload.of(folder, Withheld.NONE);
        byte[] whole = bytes(payload);
        try (var in = payload.open()) {
            for (byte expected : whole) {
                assertEquals(expected & 0xff, in.read());
            }
            assertEquals(-1, in.read());
            assertEquals(-1, in.read(new byte[1], 0, 1));
        }
    }

    @Test
    void file_byItsEnding_isSentAsItIs() throws IOException {
        Path csv = write("a.csv", "text");
        assertEquals(new Payload.One(csv, "text/csv", Withheld.NONE), Payload.of(csv, Withheld.NONE));
        Path parquet = write("a.parquet", "text");
        assertEquals(
                new Payload.One(parquet, "application/vnd.apache.parquet", Withheld.NONE),
                Payload.of(parquet, Withheld.NONE));
        Path zip = write("a.zip", "text");
        assertEquals(new Payload.One(zip, "application/zip", Withheld.NONE), Payload.of(zip, Withheld.NONE));
        assertArrayEquals("text".getBytes(StandardCharsets.UTF_8), bytes(Payload.of(csv, Withheld.NONE)));
        assertEquals(4, Payload.of(csv, Withheld.NONE).fileBytes());
        assertEquals(Optional.empty(), Payload.of(csv, Withheld.NONE).part(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.txt", "a", "a.csv.gz", "a.CSV", "a.json"})
    void file_ofAnUnknownKind_isNamed(String name) throws IOException {
        Path file = write(name, "x");
        assertTrue(refused(file).contains(name));
        write("part-0.csv", "x");
        assertTrue(refused(folder).contains(name));
    }

    @Test
    void directory_withNothingToLoad_isRefused() throws IOException {
        write("_SUCCESS", "");
        assertTrue(refused(folder).startsWith("nothing to load in "));
    }

    @Test
    void directory_ofTwoKinds_isRefused() throws IOException {
        write("a.parquet", "x");
        assertEquals("application/zip", Payload.of(folder, Withheld.NONE).mediaType());
        write("b.csv", "x");
        assertTrue(refused(folder).contains("of two kinds"));
    }

    @Test
    void directory_inADirectory_isRefused() throws IOException {
        write("a.csv", "x");
        Files.createDirectory(folder.resolve("day=1"));
        assertTrue(refused(folder).contains("day=1"));
    }

    @Test
    void directory_ofTooManyFiles_isRefused() throws IOException {
        for (int i = 0; i <= Payload.Parts.PARTS_MAX; i++) {
            Files.createFile(folder.resolve(i + ".csv"));
        }
        assertTrue(refused(folder).startsWith("more than 10000 files"));
        Files.delete(folder.resolve("0.csv"));
        assertEquals("application/zip", Payload.of(folder, Withheld.NONE).mediaType());
    }

    @Test
    void path_brokenLinkOrMissing_cannotBeRead() throws IOException {
        write("a.csv", "x");
        Path link = Files.createSymbolicLink(folder.resolve("b.csv"), folder.resolve("nowhere"));
        assertEquals("cannot read " + link, refused(folder));
        assertEquals("cannot read " + link, refused(link));
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static String refused(Path path) {
        return assertThrows(ClientException.class, () -> Payload.of(path, Withheld.NONE))
                .advice();
    }

    private static byte[] bytes(Payload payload) throws IOException {
        try (var in = payload.open()) {
            return in.readAllBytes();
        }
    }

    private static List<String> unzipped(Payload payload) throws IOException {
        var parts = new ArrayList<String>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(bytes(payload)))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                parts.add(entry.getName() + " " + new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return parts;
    }
}
