package io.tamis.catalog.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Code;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ZipPartsTest {
    private static final long LIMIT = 1_000;

    @Test
    void parts_ofOneKind_comeInTheOrderSent() throws IOException {
        assertEquals(List.of("1 two", "2 one", "3 "), read(Zips.of("b.csv", "two", "a.csv", "one", "c.csv", "")));
    }

    @Test
    void part_stored_isReadLikeAPackedOne() throws IOException {
        byte[] zip = new Zips()
                .stored("a.csv", "one".getBytes(StandardCharsets.UTF_8))
                .part("b.csv", new byte[0])
                .bytes();
        assertEquals(List.of("1 one", "2 "), read(zip));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "folder/a.csv",
                "../a.csv",
                "/a.csv",
                "..\\a.csv",
                "a.zip",
                "a.csv.gz",
                "a.CSV",
                "a",
                "",
                "a.csv/",
                "a.txt"
            })
    void part_ofAnotherName_isRefusedWithItsPosition(String name) throws IOException {
        var refused = refused(Zips.of("first.csv", "x", name, "y"));
        assertEquals(Code.INVALID_REQUEST, refused.code());
        assertEquals(OptionalInt.of(2), refused.part());
    }

    @Test
    void part_ofATooLongName_isRefused() throws IOException {
        String longest = "x".repeat(ZipParts.NAME_CHARS_MAX - 4) + ".csv";
        assertEquals(List.of("1 "), read(Zips.of(longest, "")));
        assertEquals(Code.INVALID_REQUEST, refused(Zips.of("x" + longest, "")).code());
    }

    @Test
    void name_twice_isRefused() throws IOException {
        // ZipOutputStream does not write a name twice, so the second one is changed afterwards.
        byte[] zip = Zips.of("a.csv", "one", "b.csv", "two");
        byte[] twice = new String(zip, StandardCharsets.ISO_8859_1)
                .replace("b.csv", "a.csv")
                .getBytes(StandardCharsets.ISO_8859_1);
        var refused = refused(twice);
        assertEquals(Code.INVALID_REQUEST, refused.code());
        assertEquals(OptionalInt.of(2), refused.part());
    }

    @Test
    void zip_withoutParts_isRefused() throws IOException {
        assertEquals(Code.INVALID_REQUEST, refused(Zips.of()).code());
        assertEquals(Code.INVALID_REQUEST, refused(new byte[0]).code());
        assertEquals(
                Code.INVALID_REQUEST,
                refused("a,b\n1,2\n".getBytes(StandardCharsets.UTF_8)).code());
    }

    @Test
    void parts_oneTooMany_areTooLarge() throws IOException {
        var zip = new Zips();
        for (int i = 0; i < ZipParts.PARTS_MAX; i++) {
            zip.part(i + ".csv", new byte[0]);
        }
        byte[] most = zip.bytes();
        assertEquals(ZipParts.PARTS_MAX, read(most).size());
        var more = new Zips();
        for (int i = 0; i <= ZipParts.PARTS_MAX; i++) {
            more.part(i + ".csv", new byte[0]);
        }
        byte[] tooMany = more.bytes();
        assertEquals(Code.TOO_LARGE, refused(tooMany).code());
    }

    @Test
    void bomb_unpackedBeyondTheLimit_isTooLarge() throws IOException {
        String half = "x".repeat((int) LIMIT / 2);
        assertEquals(2, read(Zips.of("a.csv", half, "b.csv", half)).size());
        assertEquals(
                Code.TOO_LARGE,
                refused(Zips.of("a.csv", half, "b.csv", half + "x")).code());
        byte[] bomb = new Zips().part("a.csv", new byte[50_000_000]).bytes();
        assertTrue(bomb.length < 100_000);
        assertEquals(Code.TOO_LARGE, refused(bomb).code());
    }

    @Test
    void zip_cutAnywhere_isRefused() throws IOException {
        byte[] zip = Zips.of("a.csv", "one", "b.csv", "two", "c.csv", "three");
        for (int length = 0; length < zip.length; length++) {
            byte[] cut = Arrays.copyOf(zip, length);
            assertEquals(Code.INVALID_REQUEST, refused(cut).code(), "cut at " + length);
        }
    }

    @Test
    void zip_withBytesBeforeOrBehind_isRefused() throws IOException {
        byte[] zip = Zips.of("a.csv", "one");
        byte[] behind = Arrays.copyOf(zip, zip.length + 1);
        byte[] before = new byte[zip.length + 1];
        System.arraycopy(zip, 0, before, 1, zip.length);
        for (byte[] padded : List.of(behind, before)) {
            assertEquals(Code.INVALID_REQUEST, refused(padded).code());
        }
        byte[] commented = new Zips().part("a.csv", new byte[0]).comment("c").bytes();
        assertEquals(Code.INVALID_REQUEST, refused(commented).code());
    }

    /** The directory at the end of one zip behind the parts of another one. */
    @Test
    void directory_ofAnotherZip_isRefused() throws IOException {
        byte[] one = Zips.of("a.csv", "one");
        byte[] two = Zips.of("a.csv", "one", "b.csv", "two");
        int directory = indexOfDirectory(two);
        byte[] lying = new byte[indexOfDirectory(one) + two.length - directory];
        System.arraycopy(one, 0, lying, 0, indexOfDirectory(one));
        System.arraycopy(two, directory, lying, indexOfDirectory(one), two.length - directory);
        assertEquals(Code.INVALID_REQUEST, refused(lying).code());
    }

    @Test
    void part_lockedByAPassword_isRefused() throws IOException {
        byte[] zip = Zips.of("a.csv", "one");
        zip[6] |= 1;
        assertEquals(Code.INVALID_REQUEST, refused(zip).code());
    }

    /** A flipped bit in the content breaks a checksum; one in a time, a comment or a name's letter is none of ours. */
    @Test
    void zip_tenThousandMutations_areReadOrRefused() throws IOException {
        long seed = 20_261_125;
        var random = new SplittableRandom(seed);
        byte[] good = Zips.of("a.csv", "one,two\n1,2\n", "b.csv", "one,two\n3,4\n");
        var expected = read(good);
        int refused = 0;
        for (int i = 0; i < 10_000; i++) {
            byte[] mutant = good.clone();
            for (int flips = random.nextInt(1, 4); flips > 0; flips--) {
                mutant[random.nextInt(mutant.length)] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                assertEquals(expected, read(mutant), "seed " + seed);
            } catch (LoadException named) {
                refused++;
                assertTrue(named.code() == Code.INVALID_REQUEST || named.code() == Code.TOO_LARGE, "seed " + seed);
                assertNull(named.getCause());
            }
        }
        assertTrue(refused > 5_000, "seed " + seed);
    }

    private static int indexOfDirectory(byte[] zip) {
        return new String(zip, StandardCharsets.ISO_8859_1).indexOf("PK\u0001\u0002");
    }

    private static LoadException refused(byte[] zip) {
        return assertThrows(LoadException.class, () -> read(zip));
    }

    private static List<String> read(byte[] zip) throws IOException {
        var parts = new ArrayList<String>();
        ZipParts.read(new ByteArrayInputStream(zip), LIMIT, (part, kind, bytes) -> {
            assertEquals(UploadKind.CSV, kind);
            parts.add(part + " " + new String(bytes.readAllBytes(), StandardCharsets.UTF_8));
        });
        return parts;
    }
}
