package io.tamis.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Examples of RFC 8785 without their floats, which this reader refuses, and what two readers could understand differently. */
class JsonTest {
    /** RFC 8785 section 3.2.2, the members {@code string} and {@code literals}. */
    @Test
    void canonical_exampleOfSection322_isThePublishedForm() {
        String given = """
                {
                  "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
                  "literals": [null, true, false]
                }""";
        String wanted = "{\"literals\":[null,true,false],\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}";
        assertEquals(wanted, Json.parse(given).canonical());
    }

    /** RFC 8785 section 3.2.3: by UTF-16 code unit, so the emoji's surrogates come before U+FB33. */
    @Test
    void canonical_exampleOfSection323_isSortedByCodeUnit() {
        String given = """
                {
                  "\\u20ac": "Euro Sign",
                  "\\r": "Carriage Return",
                  "\\ufb33": "Hebrew Letter Dalet With Dagesh",
                  "1": "One",
                  "\\ud83d\\ude00": "Emoji: Grinning Face",
                  "\\u0080": "Control",
                  "\\u00f6": "Latin Small Letter O With Diaeresis"
                }""";
        var values = new ArrayList<String>();
        var again = (Json.Obj) Json.parse(Json.parse(given).canonicalBytes());
        again.members().values().forEach(value -> values.add(((Json.Str) value).value()));
        assertEquals(
                List.of(
                        "Carriage Return",
                        "One",
                        "Control",
                        "Latin Small Letter O With Diaeresis",
                        "Euro Sign",
                        "Emoji: Grinning Face",
                        "Hebrew Letter Dalet With Dagesh"),
                values);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0", "-1", "9007199254740991", "-9007199254740991", "true", "false", "null", "\"\"", "[]", "{}"})
    void parse_canonicalText_isItsOwnForm(String text) {
        assertEquals(text, Json.parse(text).canonical());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "1.0",
                "1e3",
                "0.5",
                "-0",
                "01",
                "+1",
                "--1",
                "-",
                "9007199254740992",
                "-9007199254740992",
                "99999999999999999999",
                "NaN",
                "Infinity",
                "tru",
                "TRUE",
                "truefalse",
                "nul",
                "[1,]",
                "[,1]",
                "[1 2]",
                "[1",
                "1]",
                "{\"a\":1,}",
                "{\"a\":1,\"a\":1}",
                "{\"a\":1,\"\\u0061\":2}",
                "{a:1}",
                "{\"a\"}",
                "{\"a\":}",
                "{1:1}",
                "'a'",
                "\"a",
                "\"\\x\"",
                "\"\\u12\"",
                "\"\\u12g4\"",
                "\"\\ud800\"",
                "\"\\udc00\"",
                "\"\\ud800\\u0041\"",
                "\"\n\"",
                "\"\u0001\"",
                "// c\n1",
                "\ufeff1",
                "1\u00a0",
                "[1]\u0000"
            })
    void parse_whatTwoReadersCouldTakeDifferently_isRefused(String text) {
        var refusal = assertThrows(DataException.class, () -> Json.parse(text));
        assertEquals(Code.INVALID_REQUEST, refusal.code());
    }

    @Test
    void parse_notUtf8_isRefused() {
        byte[][] hostile = {
            {'"', (byte) 0xff, '"'},
            {'"', (byte) 0xc0, (byte) 0xaf, '"'},
            {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'},
            {'"', (byte) 0xe2, (byte) 0x82, '"'}
        };
        for (byte[] bytes : hostile) {
            assertThrows(DataException.class, () -> Json.parse(bytes));
        }
    }

    @Test
    void parse_nesting_isLimited() {
        int max = JsonParser.DEPTH_MAX;
        assertEquals(
                "[".repeat(max) + "]".repeat(max),
                Json.parse("[".repeat(max) + "]".repeat(max)).canonical());
        assertThrows(DataException.class, () -> Json.parse("[".repeat(max + 1) + "]".repeat(max + 1)));
        assertThrows(DataException.class, () -> Json.parse("[".repeat(100_000)));
    }

    @Test
    void canonical_anyValue_readsBackEqual() {
        Samples.forAll(1, 2000, seed -> value(seed, 4), value -> {
            assertEquals(value, Json.parse(value.canonicalBytes()));
            assertEquals(value.canonical(), Json.parse(value.canonical()).canonical());
        });
    }

    /** Damaged text is refused, or read to something whose canonical form reads back. */
    @Test
    void parse_damagedText_neverThrowsAnythingElse() {
        String whole = "{\"a\":[1,true,null,{\"b\":\"c\\u00e9\\n\"}],\"d\":-12}";
        Samples.forAll(
                7,
                5000,
                seed -> {
                    byte[] bytes = whole.getBytes(UTF_8);
                    for (int i = seed.nextInt(1, 5); i > 0; i--) {
                        bytes[seed.nextInt(bytes.length)] = (byte) seed.nextInt(256);
                    }
                    return bytes;
                },
                bytes -> {
                    try {
                        Json value = Json.parse(bytes);
                        assertEquals(value, Json.parse(value.canonicalBytes()));
                    } catch (DataException refused) {
                        assertEquals(Code.INVALID_REQUEST, refused.code());
                    }
                });
    }

    @Test
    void builder_nameGivenTwice_isRefused() {
        var builder = Json.object().put("a", 1);
        assertThrows(DataException.class, () -> builder.put("a", 2));
    }

    private static Json value(SplittableRandom seed, int depth) {
        return switch (seed.nextInt(depth == 0 ? 4 : 6)) {
            case 0 -> new Json.Null();
            case 1 -> Json.of(seed.nextBoolean());
            case 2 -> Json.of(seed.nextLong(-Json.Int.MAGNITUDE_MAX, Json.Int.MAGNITUDE_MAX));
            case 3 -> Json.of(text(seed));
            case 4 -> {
                var items = new ArrayList<Json>();
                for (int i = seed.nextInt(4); i > 0; i--) {
                    items.add(value(seed, depth - 1));
                }
                yield Json.array(items);
            }
            default -> {
                var members = new LinkedHashMap<String, Json>();
                for (int i = seed.nextInt(4); i > 0; i--) {
                    members.put(text(seed), value(seed, depth - 1));
                }
                yield new Json.Obj(members);
            }
        };
    }

    private static String text(SplittableRandom seed) {
        int[] points = {0, 0x1f, '"', '\\', '/', 'a', 0x7f, 0x80, 0xe9, 0x4e2d, 0xfb33, 0x1f600};
        return seed.ints(seed.nextInt(6), 0, points.length)
                .map(i -> points[i])
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
