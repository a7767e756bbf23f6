package io.tamis.catalog.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Code;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Vectors written by hand from Apache Thrift's thrift-compact-protocol.md. */
final class ThriftTest {
    @Test
    void struct_ofEveryType_isRead() {
        // 1: i32 150, 2: true, 3: "hi", 4: list of two structs {1: false}, 20: i64 -1 (skipped), 21: i32 7.
        var in = thrift("15 ac 02 11 18 02 68 69 19 2c 12 00 12 00 06 28 01 15 0e 00");
        in.enter();
        assertEquals(1, in.next());
        assertEquals(150, in.natural());
        assertEquals(2, in.next());
        assertTrue(in.bool());
        assertEquals(3, in.next());
        assertEquals("hi", in.text());
        assertEquals(4, in.next());
        assertEquals(2, in.structs());
        for (int i = 0; i < 2; i++) {
            in.enter();
            assertEquals(1, in.next());
            assertEquals(false, in.bool());
            assertEquals(0, in.next());
        }
        assertEquals(20, in.next());
        in.skip();
        assertEquals(21, in.next());
        assertEquals(7, in.natural());
        assertEquals(0, in.next());
        assertEquals(20, in.position());
    }

    @Test
    void fields_thatNobodyKnows_areSkipped() {
        // A byte, an i16, a double, a list of truths, a set of i32, a map of text to struct, a struct within a struct.
        var in = thrift(
                "13 ff 14 02 17 0000000000000000 19 21 01 02 1a 25 02 04 1b 01 8c 01 61 15 02 00 1c 1c 00 00 15 02 00");
        in.enter();
        for (int field = 1; field <= 7; field++) {
            assertEquals(field, in.next());
            in.skip();
        }
        assertEquals(8, in.next());
        assertEquals(1, in.natural());
        assertEquals(0, in.next());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Cut in a header, a number, a text; text longer than the rest; a list of more elements than bytes.
                "",
                "15",
                "15 80",
                "18",
                "18 05 61",
                "18 ff ff ff ff 0f 61",
                "19 f5 ff ff ff ff 0f",
                "1b ff ff ff ff 07 55",
                // A number without end, a field before the first, an unknown type.
                "15 ff ff ff ff ff ff ff ff ff ff ff",
                "05 00 00",
                "05 01 00",
                "1e",
                "1f"
            })
    void bytes_thatLie_areRefused(String hex) {
        var in = thrift(hex);
        in.enter();
        assertEquals(
                Code.INVALID_REQUEST,
                assertThrows(ParquetException.class, () -> {
                            in.next();
                            in.skip();
                            in.next();
                        })
                        .code());
    }

    @Test
    void type_thatIsNotTheExpectedOne_isRefused() {
        var in = thrift("15 02");
        in.enter();
        in.next();
        assertThrows(ParquetException.class, in::text);
        assertThrows(ParquetException.class, in::bool);
        assertThrows(ParquetException.class, in::struct);
        assertThrows(ParquetException.class, in::structs);
        var negative = thrift("15 01");
        negative.enter();
        negative.next();
        assertThrows(ParquetException.class, negative::natural);
    }

    @Test
    void nesting_tooDeep_isRefused() {
        for (String open : new String[] {"1c", "19 19"}) {
            var in = thrift(open.repeat(10_000).replace(" ", ""));
            in.enter();
            in.next();
            assertThrows(ParquetException.class, in::skip);
        }
    }

    @Test
    void bytes_ofNoMeaning_endInARefusal() {
        long seed = 20_261_131;
        var random = new SplittableRandom(seed);
        for (int i = 0; i < 100_000; i++) {
            var bytes = new byte[random.nextInt(1, 60)];
            random.nextBytes(bytes);
            var in = new Thrift(bytes, bytes.length);
            try {
                in.enter();
                while (in.next() != 0) {
                    in.skip();
                }
                assertTrue(in.position() <= bytes.length);
            } catch (ParquetException refused) {
                assertEquals(Code.INVALID_REQUEST, refused.code(), "seed " + seed);
            }
        }
    }

    private static Thrift thrift(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        return new Thrift(bytes, bytes.length);
    }
}
