package io.tamis.log;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamis.data.TamisException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class VerifierKeyTest {
    /** The key of the Go implementation's tests, golang.org/x/mod/sumdb/note. */
    static final String PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

    @Test
    void parse_publishedKey_readsBack() {
        var key = VerifierKey.parse(PETER);
        assertEquals(PETER, key.toString());
        assertEquals("c74f20a3", HexFormat.of().formatHex(key.keyId()));
        assertEquals(new Origin("PeterNeumann"), key.name());
        assertEquals(key, VerifierKey.parse(PETER));
        assertEquals(key.hashCode(), VerifierKey.parse(PETER).hashCode());
        assertNotEquals(key, Fixtures.KEY);
    }

    @Test
    void parse_everyPartOfTheKey_isRefused() {
        for (int begin = 0; begin < PETER.length(); begin++) {
            for (int end = begin; end <= PETER.length(); end++) {
                if (begin != 0 || end != PETER.length()) {
                    assertRefused(PETER.substring(begin, end));
                }
            }
        }
    }

    @Test
    void parse_everyFlippedBit_isRefused() {
        byte[] bytes = PETER.getBytes(ISO_8859_1);
        for (int bit = 0; bit < 8 * bytes.length; bit++) {
            assertRefused(new String(Fixtures.flipped(bytes, bit), ISO_8859_1));
        }
    }

    /** Wrong length and unknown algorithm, each with its key id adjusted, from the same Go tests. */
    @Test
    void parse_otherKindsWithTheirOwnId_areRefused() {
        assertRefused("PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==");
        assertRefused("PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
        assertRefused("PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
    }

    @Test
    void verifierKey_ofAnotherLength_isRefused() {
        assertThrows(LogException.class, () -> new VerifierKey(Fixtures.ORIGIN, new byte[31]));
    }

    @Test
    void origin_ofAnotherForm_isRefused() {
        for (String bad : new String[] {"", "a b", "a+b", "a\nb", "/a", "a".repeat(129), "é"}) {
            assertThrows(LogException.class, () -> new Origin(bad));
        }
        assertEquals("a".repeat(128), new Origin("a".repeat(128)).toString());
    }

    private static void assertRefused(String text) {
        assertThrows(TamisException.class, () -> VerifierKey.parse(text), text);
    }
}
