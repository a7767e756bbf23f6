package io.tamis.catalog.parquet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamis.data.Code;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Vectors written by hand from google/snappy's format_description.txt. */
final class SnappyTest {
    @ParameterizedTest
    @CsvSource({
        "00, ''",
        "01 00 61, a",
        "03 08 61 62 63, abc",
        // A literal, then a copy of 4 from 2 back, which reads what it writes.
        "06 04 61 62 01 02, ababab",
        // A copy of 3 from 1 back, with an offset of two bytes, and of four.
        "04 00 61 0a 01 00, aaaa",
        "04 00 61 0b 01 00 00 00, aaaa",
        // The literal's length in one byte and in two.
        "02 f0 01 61 62, ab",
        "02 f4 01 00 61 62, ab"
    })
    void packed_byHand_unpacks(String packed, String text) {
        assertArrayEquals(text.getBytes(StandardCharsets.US_ASCII), unpack(packed.replace(" ", ""), text.length()));
    }

    @ParameterizedTest
    @CsvSource({
        // Announces more, or less, than there is room.
        "ff ff ff ff 07 00 61, 1",
        "02 04 61 62, 1",
        "01 00 61, 2",
        // An announcement without end.
        "ff ff ff ff ff ff ff ff ff ff ff, 1",
        "'', 0",
        // A literal longer than the input, or than the room.
        "05 10 61, 5",
        "01 04 61 62, 1",
        "01 fc ff ff ff ff 61, 1",
        // A copy from before the beginning, from nowhere, beyond the room.
        "05 00 61 01 02, 5",
        "05 00 61 01 00, 5",
        "03 00 61 01 01, 3",
        "05 00 61 0a 00 00, 5",
        "05 00 61 0b ff ff ff ff, 5",
        // Cut in the midst of a copy.
        "05 00 61 01, 5",
        "05 00 61 0a 01, 5",
        // Less than announced.
        "05 00 61, 5"
    })
    void packed_lying_isRefused(String packed, int room) {
        assertEquals(
                Code.INVALID_REQUEST,
                assertThrows(ParquetException.class, () -> unpack(packed.replace(" ", ""), room))
                        .code());
    }

    @Test
    void bytes_ofNoMeaning_areRefusedOrFit() {
        var random = new SplittableRandom(20_261_129);
        for (int i = 0; i < 100_000; i++) {
            var bytes = new byte[random.nextInt(1, 24)];
            random.nextBytes(bytes);
            int room = bytes[0] & 0x7f;
            bytes[0] = (byte) room;
            try {
                Snappy.unpack(bytes, 0, new byte[room]);
            } catch (ParquetException refused) {
                assertEquals(Code.INVALID_REQUEST, refused.code());
            }
        }
    }

    private static byte[] unpack(String hex, int room) {
        byte[] packed = HexFormat.of().parseHex(hex);
        // Not from the first byte on, as behind the levels of a page.
        var shifted = new byte[packed.length + 3];
        Arrays.fill(shifted, (byte) 0xff);
        System.arraycopy(packed, 0, shifted, 3, packed.length);
        var into = new byte[room];
        Snappy.unpack(shifted, 3, into);
        return into;
    }
}
