package io.tamis.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The canonical writer and the reader against a slow twin that shares no line with them. */
class CanonicalTwinTest {
    private static final int SAMPLES = 3000;

    /** Characters at the borders of escaping, of UTF-8 lengths and of the surrogates. */
    private static final int[] CHARACTERS = {
        0, 1, 8, 9, 10, 11, 12, 13, 31, 32, '"', '\\', '/', 'a', 'Z', 0x7f, 0x80, 0x7ff, 0x800, 0x2028, 0xd7ff, 0xe000,
        0xfb33, 0xffff, 0x10000, 0x1f600, 0x10ffff
    };

    private static String text(SplittableRandom random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.appendCodePoint(CHARACTERS[random.nextInt(CHARACTERS.length)]);
        }
        return text.toString();
    }

    private static Json value(SplittableRandom random, int depth) {
        return switch (random.nextInt(depth == 0 ? 4 : 6)) {
            case 0 -> Json.of(text(random));
            case 1 -> Json.of(random.nextLong(-Json.Int.MAGNITUDE_MAX, Json.Int.MAGNITUDE_MAX + 1));
            case 2 -> Json.of(random.nextBoolean());
            case 3 -> new Json.Null();
            case 4 -> {
                var items = new ArrayList<Json>();
                for (int i = random.nextInt(5); i > 0; i--) {
                    items.add(value(random, depth - 1));
                }
                yield Json.array(items);
            }
            default -> {
                Map<String, Json> members = new LinkedHashMap<>();
                for (int i = random.nextInt(6); i > 0; i--) {
                    members.put(text(random), value(random, depth - 1));
                }
                yield new Json.Obj(members);
            }
        };
    }

    private static String twin(Json value) {
        return switch (value) {
            case Json.Null _ -> "null";
            case Json.Bool bool -> bool.value() ? "true" : "false";
            case Json.Int integer -> String.valueOf(integer.value());
            case Json.Str string -> quoted(string.value());
            case Json.Arr array -> {
                var parts = new ArrayList<String>();
                array.items().forEach(item -> parts.add(twin(item)));
                yield "[" + String.join(",", parts) + "]";
            }
            case Json.Obj object -> {
                List<String> names = new ArrayList<>(object.members().keySet());
                names.sort(CanonicalTwinTest::byCodeUnit);
                var parts = new ArrayList<String>();
                names.forEach(name ->
                        parts.add(quoted(name) + ":" + twin(object.member(name).orElseThrow())));
                yield "{" + String.join(",", parts) + "}";
            }
        };
    }

    private static int byCodeUnit(String one, String other) {
        for (int i = 0; i < one.length() && i < other.length(); i++) {
            if (one.charAt(i) != other.charAt(i)) {
                return one.charAt(i) < other.charAt(i) ? -1 : 1;
            }
        }
        return one.length() - other.length();
    }

    private static String quoted(String text) {
        String named = "\b\t\n\f\r\"\\";
        String letters = "btnfr\"\\";
        var out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int position = named.indexOf(c);
            if (position >= 0) {
                out.append('\\').append(letters.charAt(position));
            } else if (c < ' ') {
                out.append("\\u%04x".formatted((int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }

    /** The same value with white space and needless escapes: another spelling that must read the same. */
    private static String spelledOut(Json value, SplittableRandom random) {
        String space = " \t\r\n".substring(0, random.nextInt(5));
        return space
                + switch (value) {
                    case Json.Str string -> escaped(string.value());
                    case Json.Arr array ->
                        "[" + space
                                + String.join(
                                        space + ",",
                                        array.items().stream()
                                                .map(item -> spelledOut(item, random))
                                                .toList())
                                + space + "]";
                    case Json.Obj object ->
                        "{"
                                + String.join(
                                        ",",
                                        object.members().entrySet().stream()
                                                .map(member -> space + escaped(member.getKey()) + space + ":"
                                                        + spelledOut(member.getValue(), random))
                                                .toList())
                                + space + "}";
                    case Json.Int _, Json.Bool _, Json.Null _ -> twin(value);
                }
                + space;
    }

    private static String escaped(String text) {
        var out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            out.append("\\u%04X".formatted((int) text.charAt(i)));
        }
        return out.append('"').toString();
    }

    @Test
    void canonical_comparedWithATwin_isEqual() {
        Samples.forAll(
                10_000, SAMPLES, random -> value(random, 4), value -> assertEquals(twin(value), value.canonical()));
    }

    @Test
    void parse_ofAnySpelling_isTheSameValue() {
        Samples.forAll(
                20_000,
                SAMPLES,
                random -> {
                    Json value = value(random, 4);
                    return Map.entry(spelledOut(value, random), value);
                },
                spelling -> {
                    assertEquals(spelling.getValue(), Json.parse(spelling.getKey()));
                    assertEquals(
                            twin(spelling.getValue()),
                            Json.parse(spelling.getKey()).canonical());
                });
    }

    /** Cut anywhere, a document is refused: no prefix of one document is another. */
    @Test
    void parse_ofACutDocument_isRefused() {
        Samples.forAll(30_000, 300, random -> new Json.Arr(List.of(value(random, 3))), value -> {
            String text = value.canonical();
            for (int end = 0; end < text.length(); end++) {
                String cut = text.substring(0, end);
                assertThrows(DataException.class, () -> Json.parse(cut));
            }
        });
    }

    /** More budget never gives less epsilon, and what is converted there and back never gains. */
    @Test
    void zcdp_thereAndBack_neverGains() {
        var delta = new DeltaE18(1_000_000_000_000L);
        Samples.forAll(40_000, 300, random -> random.nextLong(1, 1_000_000), micro -> {
            var rho = new MicroRho(micro);
            MicroEpsilon epsilon = Zcdp.epsilon(rho, delta);
            assertTrue(Zcdp.epsilon(new MicroRho(micro + 1), delta).compareTo(epsilon) >= 0);
            MicroRho back = Zcdp.rho(epsilon, delta);
            assertTrue(Zcdp.epsilon(back, delta).compareTo(epsilon) <= 0);
            assertTrue(back.compareTo(rho) >= 0, () -> "from " + rho + " to " + back);
        });
    }
}
