package io.tamis.catalog.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.crypto.SecretBytes;
import io.tamis.crypto.SystemRandom;
import io.tamis.data.Code;
import io.tamis.data.ColumnType;
import io.tamis.data.Dataset;
import io.tamis.data.Level;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Damaged and lying files are refused by a code, quickly, in a heap that a lie of two gigabytes would not fit into. */
final class HostileParquetTest {
    private static final long SEED = 20_261_127;

    private static final Dataset DECLARED = Declared.dataset("d")
            .rowsMax(1_000)
            .rowCapacity(5_000)
            .unit("ACCOUNT_ID")
            .amount("amount", 2)
            .amount("pieces", 0)
            .secret("brand", 1_000)
            .date("day", "1997-01-01", "1999-12-31")
            .plain("paid", ColumnType.BOOLEAN)
            .sealed("note", ColumnType.STRING, Level.L5)
            .build();

    private static final String ROWS = "SELECT 'u' || i AS buyer, (i * 3)::DECIMAL(20, 2) AS amount,"
            + " CASE WHEN i % 4 = 0 THEN NULL ELSE i * 7 END AS pieces, 'brand-' || (i % 7) AS brand,"
            + " DATE '1997-01-01' + (i % 700)::INTEGER AS day, i % 2 = 0 AS paid, 'note ' || i AS note"
            + " FROM range(300) t(i)";

    @TempDir
    Path temporary;

    private Spill spill;

    @BeforeEach
    void openSpill() throws IOException {
        var random = new SystemRandom();
        spill = Spill.create(temporary, SecretBytes.random(32, random), random);
    }

    @AfterEach
    void closeSpill() throws IOException {
        spill.close();
    }

    @Test
    void file_whole_isTaken() throws IOException {
        assertEquals(Optional.empty(), refused(ParquetFiles.of(ROWS)));
    }

    @Test
    void file_cutAnywhere_isRefused() throws IOException {
        byte[] file = ParquetFiles.of(ROWS);
        for (int length = 0; length < file.length; length += length < 64 || length > file.length - 64 ? 1 : 7) {
            var refused = refused(Arrays.copyOf(file, length));
            assertEquals(Optional.of(Code.INVALID_REQUEST), refused, "cut at " + length);
        }
    }

    @Test
    void file_cutAndGivenItsTailAgain_isRefused() throws IOException {
        byte[] file = ParquetFiles.of(ROWS);
        for (int length = 4; length < file.length - 8; length += 11) {
            byte[] cut = Arrays.copyOf(file, length + 8);
            System.arraycopy(file, file.length - 8, cut, length, 8);
            assertTrue(refused(cut).isPresent(), "cut at " + length);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "uncompressed, V1",
        "snappy, V1",
        "gzip, V1",
        "zstd, V1",
        "uncompressed, V2",
        "snappy, V2",
        "gzip, V2",
        "zstd, V2"
    })
    void file_twoThousandBitFlips_isTakenOrRefused(String codec, String version) throws IOException {
        byte[] good = ParquetFiles.of(ROWS, "COMPRESSION " + codec, "PARQUET_VERSION " + version);
        var random = new SplittableRandom(SEED);
        int refused = 0;
        for (int i = 0; i < 2_000; i++) {
            byte[] mutant = good.clone();
            int footer = footerLength(good);
            // Half of the flips hit what the file says of itself, which is a small part of it.
            int from = i % 2 == 0 ? 0 : good.length - 8 - footer;
            for (int flips = random.nextInt(1, 4); flips > 0; flips--) {
                mutant[random.nextInt(from, good.length)] ^= (byte) (1 << random.nextInt(8));
            }
            refused += refused(mutant).isPresent() ? 1 : 0;
        }
        assertTrue(refused > 500, "seed " + SEED);
    }

    /** Any byte of the footer as every extreme of a varint: sizes, counts and offsets become lies. */
    @Test
    void footer_anyByteAnExtreme_isTakenOrRefused() throws IOException {
        byte[] good = ParquetFiles.of(ROWS);
        int footer = footerLength(good);
        for (int at = good.length - 8 - footer; at < good.length; at++) {
            for (int octet : new int[] {0x00, 0x01, 0x7f, 0x80, 0xfe, 0xff}) {
                byte[] mutant = good.clone();
                mutant[at] = (byte) octet;
                refused(mutant);
            }
        }
    }

    /** The same for what stands before the pages, of which the first ones lie at the front. */
    @Test
    void pages_anyByteAnExtreme_areTakenOrRefused() throws IOException {
        byte[] good = ParquetFiles.of(ROWS, "PARQUET_VERSION V2", "COMPRESSION uncompressed");
        for (int at = 0; at < good.length - footerLength(good) - 8; at++) {
            for (int octet : new int[] {0x00, 0x7f, 0x80, 0xff}) {
                byte[] mutant = good.clone();
                mutant[at] = (byte) octet;
                refused(mutant);
            }
        }
    }

    @Test
    void footer_longerThanTheFileOrTheLimit_isRefused() throws IOException {
        byte[] file = ParquetFiles.of(ROWS);
        for (int length : List.of(-1, 0, Integer.MIN_VALUE, Integer.MAX_VALUE, file.length, file.length - 11)) {
            byte[] lying = file.clone();
            ByteBuffer.wrap(lying).order(ByteOrder.LITTLE_ENDIAN).putInt(lying.length - 8, length);
            assertEquals(Optional.of(Code.INVALID_REQUEST), refused(lying));
        }
        byte[] large = new byte[20 << 20];
        System.arraycopy(file, 0, large, 0, 4);
        System.arraycopy(file, file.length - 4, large, large.length - 4, 4);
        ByteBuffer.wrap(large).order(ByteOrder.LITTLE_ENDIAN).putInt(large.length - 8, 17 << 20);
        assertEquals(Optional.of(Code.TOO_LARGE), refused(large));
    }

    @Test
    void codec_thatIsNotRead_isRefused() throws IOException {
        for (String codec : List.of("lz4_raw", "brotli")) {
            assertEquals(
                    Optional.of(Code.INVALID_REQUEST), refused(ParquetFiles.of(ROWS, "COMPRESSION " + codec)), codec);
        }
    }

    @Test
    void file_encrypted_isRefused() throws IOException {
        byte[] file = ParquetFiles.of(ROWS);
        byte[] encrypted = file.clone();
        encrypted[file.length - 1] = 'E';
        assertEquals(Optional.of(Code.INVALID_REQUEST), refused(encrypted));
    }

    /** Half a page of zeroes is a few bytes of zstd, in each of hundreds of row groups. */
    @Test
    void pages_thatUnpackBeyondTheLimit_areTooLarge() throws IOException {
        var dataset = Declared.dataset("d")
                .rowsMax(1_000_000)
                .unit("ACCOUNT_ID")
                .sealed("note", ColumnType.STRING, Level.L5)
                .build();
        byte[] bomb = ParquetFiles.of(
                "SELECT 'a' AS buyer, repeat('x', 3000) || i AS note FROM range(100000) t(i)",
                "COMPRESSION zstd",
                "ROW_GROUP_SIZE 2048");
        assertTrue(bomb.length < 4_000_000);
        assertEquals(Optional.of(Code.TOO_LARGE), refused(dataset, bomb, 64 << 20));
    }

    @Test
    void page_largerThanTheLimit_isTooLarge() throws IOException {
        var dataset = Declared.dataset("d")
                .rowsMax(1_000_000)
                .unit("ACCOUNT_ID")
                .sealed("note", ColumnType.STRING, Level.L5)
                .build();
        byte[] wide = ParquetFiles.of(
                "SELECT 'a' AS buyer, repeat('x', 3000) || i AS note FROM range(20000) t(i)", "COMPRESSION zstd");
        assertEquals(Optional.of(Code.TOO_LARGE), refused(dataset, wide, 1L << 32));
    }

    private static int footerLength(byte[] file) {
        return ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(file.length - 8);
    }

    private Optional<Code> refused(byte[] file) {
        return refused(DECLARED, file, 1 << 20);
    }

    private Optional<Code> refused(Dataset dataset, byte[] file, long bytesMax) {
        return new ParquetTrial(dataset, spill).refused(file, bytesMax);
    }
}
