package io.tamis.catalog.parquet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Vectors of parquet-format's Encodings.md, and slow twins. */
final class EncodingsTest {
    private static final long SEED = 20_261_130;

    @Test
    void bits_anyWidthAnywhere_areThoseOfABigInteger() {
        var random = new SplittableRandom(SEED);
        for (int i = 0; i < 20_000; i++) {
            var bytes = new byte[random.nextInt(9, 24)];
            random.nextBytes(bytes);
            int width = random.nextInt(0, 65);
            int at = random.nextInt(0, 8 * bytes.length - width + 1);
            var turned = new byte[bytes.length];
            for (int k = 0; k < bytes.length; k++) {
                turned[k] = bytes[bytes.length - 1 - k];
            }
            long expected = new BigInteger(1, turned)
                    .shiftRight(at)
                    .and(BigInteger.ONE.shiftLeft(width).subtract(BigInteger.ONE))
                    .longValue();
            assertEquals(expected, Bits.number(bytes, at, width), "seed " + SEED);
        }
    }

    /** Encodings.md, "Run Length Encoding / Bit-Packing Hybrid": the numbers 0 to 7 in three bits are 88 c6 fa. */
    @Test
    void hybrid_packedAndRuns_areRead() {
        var in = new Hybrid(slice("03 88 c6 fa 0a 05 00 00 02 03"), 3);
        int[] read = new int[14];
        for (int i = 0; i < read.length; i++) {
            read[i] = in.next();
        }
        assertArrayEquals(new int[] {0, 1, 2, 3, 4, 5, 6, 7, 5, 5, 5, 5, 5, 3}, read);
    }

    @ParameterizedTest
    @CsvSource({
        // Nothing, a run without its value, a group without its bytes, a length without end, only runs of none.
        "'', 3",
        "06, 3",
        "03, 3",
        "ff ff ff ff ff ff ff ff ff ff ff, 3",
        "00 01 00 01, 3",
        "ff ff ff ff 7f, 3"
    })
    void hybrid_cut_isRefused(String hex, int width) {
        assertThrows(ParquetException.class, () -> new Hybrid(slice(hex), width).next());
    }

    @Test
    void hybrid_ofTooManyBits_isRefused() {
        assertThrows(ParquetException.class, () -> new Hybrid(slice("06 00"), 33));
    }

    /** Encodings.md, DELTA_BINARY_PACKED, example 1 (1 to 5) and 2 (7, 5, 3, 1, 2, 3, 4, 5) with blocks of 128 in 4. */
    @ParameterizedTest
    @CsvSource({
        "80 01 04 05 02 02 00 00 00 00, '1,2,3,4,5'",
        "80 01 04 08 0e 03 02 00 00 00 c0 3f 00 00 00 00 00 00, '7,5,3,1,2,3,4,5'",
        "80 01 04 01 0e, 7"
    })
    void deltas_ofTheSpecification_areRead(String hex, String numbers) {
        var in = new Deltas(slice(hex), false);
        for (String expected : numbers.split(",", -1)) {
            in.next();
            assertEquals(Long.parseLong(expected), in.number());
        }
        assertEquals(0, in.left());
        assertThrows(ParquetException.class, in::next);
    }

    @ParameterizedTest
    @CsvSource({
        // No header, blocks of none, of no multiple of 128, of millions; parts of none, of no multiple of 32.
        "''",
        "00 04 05 02",
        "81 01 04 05 02",
        "80 80 80 08 04 05 02",
        "80 01 00 05 02",
        "80 01 03 05 02",
        "80 01 08 05 02",
        // A count without end, numbers of 65 bits, a part that is cut.
        "80 01 04 ff ff ff ff 7f 02",
        "80 01 04 05 02 02 41 00 00 00",
        "80 01 04 05 02 02 02 00 00 00 ff"
    })
    void deltas_lying_areRefused(String hex) {
        assertThrows(ParquetException.class, () -> {
            var in = new Deltas(slice(hex), false);
            in.next();
            in.next();
        });
    }

    @Test
    void deltas_ofNarrowNumbers_wrap() {
        // From the greatest int one up.
        var in = new Deltas(slice("80 01 04 02 fe ff ff ff 0f 02 00 00 00 00"), true);
        in.next();
        assertEquals(Integer.MAX_VALUE, in.number());
        in.next();
        assertEquals(Integer.MIN_VALUE, in.number());
    }

    @Test
    void varint_longerThanALong_isRefused() {
        assertEquals(300, Bits.varint(slice("ac 02")));
        assertThrows(ParquetException.class, () -> Bits.varint(slice("80 80 80 80 80 80 80 80 80 80 01")));
        assertThrows(ParquetException.class, () -> Bits.varint(slice("80")));
    }

    @Test
    void bytes_ofNoMeaning_endInARefusal() {
        var random = new SplittableRandom(SEED);
        for (int i = 0; i < 20_000; i++) {
            var bytes = new byte[random.nextInt(1, 40)];
            random.nextBytes(bytes);
            var in = new Slice(bytes, 0, bytes.length);
            int width = random.nextInt(0, 33);
            try {
                var hybrid = new Hybrid(in, width);
                for (int k = 0; k < 1_000; k++) {
                    hybrid.next();
                }
            } catch (ParquetException refused) {
                assertEquals(0, refused.members().members().size());
            }
            try {
                var deltas = new Deltas(new Slice(bytes, 0, bytes.length), true);
                for (int k = 0; k < 1_000; k++) {
                    deltas.next();
                }
            } catch (ParquetException refused) {
                assertEquals(0, refused.members().members().size());
            }
        }
    }

    private static Slice slice(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        return new Slice(bytes, 0, bytes.length);
    }
}
