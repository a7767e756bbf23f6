package io.tamis.catalog.load;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamis.crypto.SecretBytes;
import io.tamis.crypto.SystemRandom;
import io.tamis.data.Code;
import io.tamis.data.TamisException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SealedSpoolTest {
    private static final int CHUNK = SealedStream.CHUNK_BYTES;

    private final SystemRandom random = new SystemRandom();
    private final SecretBytes key = SecretBytes.random(32, random);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 17})
    void bytes_anyRange_comeBack(int length) throws IOException {
        byte[] text = random.bytes(length);
        var choice = new SplittableRandom(length);
        try (var spool = spool(text)) {
            assertEquals(length, spool.length());
            for (int i = 0; i < 200; i++) {
                int from = choice.nextInt(length + 1);
                int count = choice.nextInt(length - from + 1);
                var read = new byte[count];
                spool.read(from, read, count);
                assertArrayEquals(Arrays.copyOfRange(text, from, from + count), read);
            }
        }
    }

    @Test
    void chunks_moreThanAreKept_comeBackInAnyOrder() throws IOException {
        byte[] text = random.bytes(CHUNK * (SealedSpool.KEPT_MAX + 3));
        try (var spool = spool(text)) {
            for (int round = 0; round < 2; round++) {
                for (int at = text.length - 1; at >= 0; at -= CHUNK) {
                    var one = new byte[1];
                    spool.read(at, one, 1);
                    assertEquals(text[at], one[0]);
                }
            }
        }
    }

    @Test
    void range_outside_isOurFault() throws IOException {
        try (var spool = spool(new byte[10])) {
            assertEquals(Code.INTERNAL, refused(spool, 0, 11));
            assertEquals(Code.INTERNAL, refused(spool, -1, 1));
            assertEquals(Code.INTERNAL, refused(spool, 10, 1));
            assertEquals(Code.INTERNAL, refused(spool, Long.MAX_VALUE, 1));
        }
    }

    @Test
    void file_whileOpen_isSealed_andGoneWhenClosed() throws IOException {
        Path file = folder.resolve("spool");
        byte[] text = "13811112222,".repeat(10_000).getBytes(StandardCharsets.UTF_8);
        try (var spool = SealedSpool.of(new ByteArrayInputStream(text), file, key, random)) {
            spool.read(0, new byte[100], 100);
            assertFalse(Files.readString(file, StandardCharsets.ISO_8859_1).contains("13811112222"));
        }
        assertFalse(Files.exists(file));
    }

    @Test
    void file_anyByteChanged_isRefused() throws IOException {
        Path file = folder.resolve("spool");
        var choice = new SplittableRandom(7);
        try (var spool = SealedSpool.of(new ByteArrayInputStream(new byte[100]), file, key, random)) {
            byte[] good = Files.readAllBytes(file);
            byte[] bad = good.clone();
            bad[choice.nextInt(4, bad.length)] ^= 1;
            Files.write(file, bad);
            assertEquals(
                    Code.INTERNAL,
                    assertThrows(TamisException.class, () -> spool.read(0, new byte[1], 1))
                            .code());
        }
    }

    private static Code refused(SealedSpool spool, long offset, int count) {
        return assertThrows(LoadException.class, () -> spool.read(offset, new byte[16], count))
                .code();
    }

    private SealedSpool spool(byte[] text) throws IOException {
        return SealedSpool.of(new ByteArrayInputStream(text), folder.resolve("spool"), key, random);
    }
}
