package io.tamis.data;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which texts are documents at all. {@link JsonParser} descends; the twin here works upwards instead: it replaces tokens
 * by letters and then, from the inside out, each container by the letter of a value, until one letter is left or nothing
 * more can be replaced.
 */
class JsonGrammarTest {
    private static final Pattern TOKEN = Pattern.compile("(?<space>[ \\t\\r\\n])"
            + "|(?<string>\"(?:[^\"\\\\\\x00-\\x1f]|\\\\(?:[\"\\\\/bfnrt]|u[0-9a-fA-F]{4}))*\")"
            + "|(?<integer>-?(?:0|[1-9][0-9]*))"
            + "|(?<word>true|false|null)"
            + "|(?<mark>[\\[\\]{},:])");
    private static final Pattern INNERMOST = Pattern.compile("\\[[^\\[\\]{}]*]|\\{[^\\[\\]{}]*}");
    private static final String ITEM = "[V\\uE000-\\uF8FF]";
    private static final Pattern ARRAY = Pattern.compile("\\[(" + ITEM + "(," + ITEM + ")*)?]");
    private static final Pattern MEMBER = Pattern.compile("([\\uE000-\\uF8FF]):" + ITEM);
    private static final Pattern OBJECT = Pattern.compile("\\{(" + MEMBER + "(," + MEMBER + ")*)?}");

    /** Documents that hold each production of the grammar, near its borders. */
    private static final List<String> SEEDS = List.of(
            "{\"a\":[1,-2,{\"b\":\"c\\u00e9\\n\",\"c\":[]}],\"d\":{\"e\":null,\"f\":false}}",
            "[\"\\ud83d\\ude00\",\"\\\\\\\"\",9007199254740991,-9007199254740991,0,true]",
            " { \"a\" : { } , \"A\" : [ [ ] , [ 10 ] ] } ",
            "[".repeat(31) + "{\"a\":1}" + "]".repeat(31));

    /** 10,000 damaged documents: both say yes or both say no, and no is always the same refusal. */
    @Test
    void parse_ofDamagedText_agreesWithTheGrammar() {
        var accepted = new AtomicInteger();
        Samples.forAll(
                50_000,
                10_000,
                seed -> new String(
                        Mutations.of(SEEDS.get(seed.nextInt(SEEDS.size())).getBytes(ISO_8859_1), seed), ISO_8859_1),
                text -> {
                    boolean document = isDocument(text);
                    assertEquals(document, parsed(text).isPresent(), text);
                    accepted.addAndGet(document ? 1 : 0);
                });
        assertTrue(accepted.get() > 400 && accepted.get() < 9_600, "both answers are met: " + accepted.get());
    }

    @Test
    void parse_ofTheSeeds_isAccepted() {
        for (String text : SEEDS) {
            assertTrue(isDocument(text), text);
            assertTrue(parsed(text).isPresent(), text);
        }
    }

    /** The twin is no yes-sayer. */
    @ParameterizedTest
    @ValueSource(strings = {"", "[1,]", "{\"a\":1,\"\\u0061\":2}", "01", "-0", "\"\\ud800\"", "{1:2}", "[1 2]", "nul"})
    void twin_ofNoDocument_saysNo(String text) {
        assertFalse(isDocument(text));
        assertEquals(Optional.empty(), parsed(text));
    }

    @Test
    void parse_ofMoreThanTheLongestText_isTooLarge() {
        String text = " ".repeat(JsonParser.LENGTH_MAX - 1) + "1";
        assertEquals(Json.of(1), Json.parse(text));
        String longer = " " + text;
        assertEquals(
                Code.TOO_LARGE,
                assertThrows(DataException.class, () -> Json.parse(longer)).code());
    }

    /** Deeper than any stack, whatever the kind of bracket and however it is spelled. */
    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "[[],", " [ ", "[{\"a\":"})
    void parse_ofBottomlessText_isRefusedEarly(String opening) {
        assertEquals(
                Code.INVALID_REQUEST,
                assertThrows(DataException.class, () -> Json.parse(opening.repeat(200_000)))
                        .code());
    }

    private static Optional<Json> parsed(String text) {
        try {
            return Optional.of(Json.parse(text));
        } catch (DataException refused) {
            assertEquals(Code.INVALID_REQUEST, refused.code());
            return Optional.empty();
        }
    }

    private static boolean isDocument(String text) {
        var letters = new StringBuilder();
        Map<String, Character> strings = new HashMap<>();
        var tokens = TOKEN.matcher(text);
        int depth = 0;
        for (int at = 0; at < text.length(); at = tokens.end()) {
            if (!tokens.region(at, text.length()).lookingAt()) {
                return false;
            }
            if (tokens.group("string") != null) {
                String value = unescaped(tokens.group("string"));
                // A string that UTF-8 cannot carry does not survive the way there and back.
                if (!new String(
                                value.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                                java.nio.charset.StandardCharsets.UTF_8)
                        .equals(value)) {
                    return false;
                }
                letters.append(strings.computeIfAbsent(value, absent -> (char) (0xE000 + strings.size()))
                        .charValue());
            } else if (tokens.group("integer") != null) {
                var value = new java.math.BigInteger(tokens.group("integer"));
                if (tokens.group("integer").equals("-0") || value.bitLength() > 53) {
                    return false;
                }
                letters.append('V');
            } else if (tokens.group("word") != null) {
                letters.append('V');
            } else if (tokens.group("mark") != null) {
                depth += "[{".contains(tokens.group()) ? 1 : "]}".contains(tokens.group()) ? -1 : 0;
                if (depth > JsonParser.DEPTH_MAX) {
                    return false;
                }
                letters.append(tokens.group());
            }
        }
        return reduced(letters.toString()).matches(ITEM);
    }

    private static String reduced(String letters) {
        String left = letters;
        for (var inner = INNERMOST.matcher(left); inner.find(); inner = INNERMOST.matcher(left)) {
            boolean whole = ARRAY.matcher(inner.group()).matches()
                    || (OBJECT.matcher(inner.group()).matches() && namesDiffer(inner.group()));
            if (!whole) {
                return "";
            }
            left = left.substring(0, inner.start()) + "V" + left.substring(inner.end());
        }
        return left;
    }

    private static boolean namesDiffer(String object) {
        var names = new HashSet<String>();
        return MEMBER.matcher(object).results().allMatch(member -> names.add(member.group(1)));
    }

    private static String unescaped(String quoted) {
        String inner = quoted.substring(1, quoted.length() - 1);
        return Pattern.compile("\\\\(u[0-9a-fA-F]{4}|.)")
                .matcher(inner)
                .replaceAll(escape -> java.util.regex.Matcher.quoteReplacement(
                        switch (escape.group(1).charAt(0)) {
                            case 'u' ->
                                String.valueOf(
                                        (char) Integer.parseInt(escape.group(1).substring(1), 16));
                            case 'b' -> "\b";
                            case 'f' -> "\f";
                            case 'n' -> "\n";
                            case 'r' -> "\r";
                            case 't' -> "\t";
                            default -> escape.group(1);
                        }));
    }
}
