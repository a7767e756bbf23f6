package io.tamis.policy.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.DataException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlReaderTest {
    private static Yaml read(String text) throws YamlReader.Refused {
        return YamlReader.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String refusal(String text) {
        return assertThrows(YamlReader.Refused.class, () -> read(text)).getMessage();
    }

    @Test
    void document_ofEveryKind_isReadAsJsonWould() throws Exception {
        String text = """
                # comment
                text: plain words
                quoted: "1"
                whole: -12
                rounded: 1.0
                fraction: 0.5
                yes: true
                nothing: null
                list: [a, 2, { b: false }]
                """;
        assertEquals(
                "{\"fraction\":0.5,\"list\":[\"a\",2,{\"b\":false}],\"nothing\":null,\"quoted\":\"1\",\"rounded\":1,"
                        + "\"text\":\"plain words\",\"whole\":-12,\"yes\":true}",
                read(text).canonical());
    }

    /** YAML 1.1 would read these as booleans, octals, dates or sexagesimals. */
    @ParameterizedTest
    @ValueSource(strings = {"yes", "no", "on", "off", "010", "0x1f", "2026-11-24", "12:30", "~", "True", "1_000", "<<"})
    void scalar_ofOlderYaml_staysText(String scalar) throws Exception {
        assertEquals(new Yaml.Text(scalar, 1), read("[" + scalar + "]").at("/0").orElseThrow());
    }

    @Test
    void pointer_intoADocument_findsTheNodeAndItsLine() throws Exception {
        Yaml document = read("a:\n  - x\n  - b/c: 1\n    d~e: 2\n");
        assertEquals(Optional.of(new Yaml.Text("x", 2)), document.at("/a/0"));
        assertEquals(Optional.of(new Yaml.Whole(1, 3)), document.at("/a/1/b~1c"));
        assertEquals(Optional.of(new Yaml.Whole(2, 4)), document.at("/a/1/d~0e"));
        assertEquals(Optional.of(document), document.at(""));
        assertEquals(Optional.empty(), document.at("/a/2"));
        assertEquals(Optional.empty(), document.at("/a/x"));
        assertEquals(Optional.empty(), document.at("/a/0/0"));
        assertEquals(Optional.empty(), document.at("/z"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a: 1\\nb: 2\\na: 3|has the key 'a' twice (line 3)",
                "{a: {b: 1, b: 1}}|has the key 'b' twice (line 1)",
                "a: &x 1|uses an anchor, which is not accepted (line 1)",
                "a: &x [1]|uses an anchor, which is not accepted (line 1)",
                "a: *x|uses an alias, which is not accepted (line 1)",
                "*x : 1|uses an alias, which is not accepted (line 1)",
                "a: !!str 1|uses a tag, which is not accepted (line 1)",
                "a: !!map {}|uses a tag, which is not accepted (line 1)",
                "a: !!java.io.File [x]|uses a tag, which is not accepted (line 1)",
                "a: 1\\n---\\nb: 2|holds a second document (line 2)",
                "1: a|has a key that is not a string (line 1)",
                "null: a|has a key that is not a string (line 1)",
                "? [a]\\n: b|has a key that is not a string (line 1)",
                "a: .inf|has a number that is not finite or beyond 2^53 - 1 (line 1)",
                "a: .nan|has a number that is not finite or beyond 2^53 - 1 (line 1)",
                "a: 9007199254740992|has a number that is not finite or beyond 2^53 - 1 (line 1)",
                "a: -9007199254740992|has a number that is not finite or beyond 2^53 - 1 (line 1)",
                "a: 1e400|has a number that is not finite or beyond 2^53 - 1 (line 1)",
                "a: 5e-324|has a number that is too small (line 1)",
            })
    void attack_onTheReader_isRefusedWithItsLine(String text, String message) {
        assertEquals(message, refusal(text.replace("\\n", "\n")));
    }

    @Test
    void aliasBomb_ofTenLevels_isRefusedAtItsFirstAnchor() {
        var bomb = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 10; i++) {
            bomb.append("a%d: &a%d [*a%d, *a%d, *a%d]%n".formatted(i, i, i - 1, i - 1, i - 1));
        }
        assertEquals("uses an anchor, which is not accepted (line 1)", refusal(bomb.toString()));
    }

    @Test
    void nesting_beyondTheLimit_isRefused() throws Exception {
        String deepest = "[".repeat(YamlReader.DEPTH_MAX) + "]".repeat(YamlReader.DEPTH_MAX);
        assertTrue(read(deepest).at("/0/0/0").isPresent());
        assertTrue(refusal("[" + deepest + "]").startsWith("is nested deeper than"));
        assertTrue(refusal("[".repeat(500_000)).startsWith("is nested deeper than"));
        assertTrue(refusal("{a: ".repeat(100_000)).startsWith("is nested deeper than"));
    }

    @Test
    void scalar_beyondTheLimit_isRefused() throws Exception {
        String longest = "x".repeat(YamlReader.SCALAR_LENGTH_MAX);
        assertTrue(read("a: " + longest).at("/a").isPresent());
        assertTrue(refusal("a: " + longest + "x").startsWith("has a value longer than"));
        assertTrue(refusal("\"" + "y".repeat(900_000) + "\": 1").startsWith("has a value longer than"));
    }

    @Test
    void values_beyondTheLimit_areRefused() {
        assertTrue(refusal("[" + "1,".repeat(YamlReader.NODES_MAX) + "1]").startsWith("has more than"));
    }

    @Test
    void file_beyondTheLimit_isRefused() {
        byte[] big = new byte[YamlReader.FILE_BYTES_MAX + 1];
        Arrays.fill(big, (byte) '#');
        assertTrue(assertThrows(YamlReader.Refused.class, () -> YamlReader.read(big))
                .getMessage()
                .startsWith("file is larger"));
    }

    @Test
    void bytes_thatAreNotUtf8_areRefused() {
        byte[] latin1 = {'a', ':', ' ', (byte) 0xe9};
        byte[] overlong = {'a', ':', ' ', (byte) 0xc0, (byte) 0xaf};
        byte[] surrogate = {'a', ':', ' ', (byte) 0xed, (byte) 0xa0, (byte) 0x80};
        for (byte[] bytes : new byte[][] {latin1, overlong, surrogate}) {
            assertEquals(
                    "is not UTF-8",
                    assertThrows(YamlReader.Refused.class, () -> YamlReader.read(bytes))
                            .getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# only a comment\n", "   \n"})
    void document_thatIsEmpty_isRefused(String text) {
        assertEquals("is empty", refusal(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: [1", "a: b: c", "\t- x", "a: 'x", "}", "a: @x", "%YAML 9.9\n---\na: 1", "a\u0000: 1"})
    void text_thatIsNotYaml_isRefused(String text) {
        assertTrue(refusal(text).startsWith("is not YAML"));
    }

    @Test
    void bytes_atRandom_areReadOrRefusedAndNothingElse() throws Exception {
        var random = new Random(20261124);
        byte[] original = PolicyFiles.read().get("datasets/shop-users.yaml");
        for (int i = 0; i < 10_000; i++) {
            byte[] mutated = original.clone();
            for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
                mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
            }
            try {
                YamlReader.read(mutated);
            } catch (YamlReader.Refused expected) {
                assertTrue(expected.getMessage().length() < 5000);
            }
        }
    }

    /** RFC 8785 appendix B, as far as finite numbers that are no integers within 2^53 go, and ECMAScript's borders. */
    @ParameterizedTest
    @CsvSource({
        "0.5, 0.5",
        "1.5, 1.5",
        "-0.5, -0.5",
        "0.000001, 0.000001",
        "0.0000001, 1e-7",
        "0.00000123, 0.00000123",
        "1.23e-7, 1.23e-7",
        "1.5e-99, 1.5e-99",
        "333333333.3333333, 333333333.3333333",
        "4.5, 4.5",
        "2e-3, 0.002",
        "9007199254740991.0, 9007199254740991",
        "-0.0, 0",
    })
    void fraction_inCanonicalForm_isWrittenAsEcmascriptDoes(String text, String canonical) throws Exception {
        assertEquals("[" + canonical + "]", read("[" + text + "]").canonical());
    }

    @Test
    void members_inCanonicalForm_areSortedByUtf16() throws Exception {
        // U+1F600 is a surrogate pair and sorts before U+FB33, though its code point is greater (RFC 8785, 3.2.3).
        assertEquals(
                "{\"1\":1,\"\u00f6\":1,\"\ud83d\ude00\":1,\"\ufb33\":1}",
                read("{\"\ufb33\": 1, \"\ud83d\ude00\": 1, \"\u00f6\": 1, \"1\": 1}")
                        .canonical());
    }

    @Test
    void json_ofAFraction_isRefused() throws Exception {
        Yaml document = read("a: 0.5");
        assertThrows(DataException.class, document::toJson);
    }

    @Test
    void json_ofANull_leavesTheMemberOut() throws Exception {
        assertEquals("{\"b\":1}", read("{a: null, b: 1}").toJson().canonical());
    }
}
