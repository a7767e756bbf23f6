package io.tamis.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class HashTest {
    /** FIPS 180-4's examples. */
    @Test
    void sha256_publishedMessages_giveThePublishedDigests() {
        assertEquals(
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                Hash.sha256("abc".getBytes(UTF_8)).hex());
        assertEquals(
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
                Hash.sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq".getBytes(UTF_8))
                        .hex());
        assertEquals(
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                Hash.sha256().hex());
    }

    @Test
    void sha256_ofParts_isThatOfTheirConcatenation() {
        assertEquals(
                Hash.sha256("abc".getBytes(UTF_8)),
                Hash.sha256("a".getBytes(UTF_8), new byte[0], "bc".getBytes(UTF_8)));
        var digest = Hash.newSha256();
        digest.update("abc".getBytes(UTF_8));
        assertEquals(Hash.sha256("abc".getBytes(UTF_8)), Hash.of(digest.digest()));
    }

    @Test
    void parse_hex_readsBack() {
        var hash = Hash.sha256("abc".getBytes(UTF_8));
        assertEquals(hash, Hash.parse(hash.hex()));
        assertEquals(hash.hex(), hash.toString());
        assertEquals(hash.hashCode(), Hash.parse(hash.hex()).hashCode());
    }

    @Test
    void parse_anotherSpelling_isRefused() {
        String hex = Hash.sha256().hex();
        for (String other : new String[] {
            "",
            hex.substring(1),
            hex + "0",
            hex.toUpperCase(java.util.Locale.ROOT),
            "g" + hex.substring(1),
            " " + hex.substring(1)
        }) {
            assertThrows(DataException.class, () -> Hash.parse(other));
        }
    }

    @Test
    void of_bytes_areCopiedInAndOut() {
        byte[] bytes = new byte[32];
        var hash = Hash.of(bytes);
        bytes[0] = 1;
        hash.bytes()[1] = 1;
        assertArrayEquals(new byte[32], hash.bytes());
        assertThrows(DataException.class, () -> Hash.of(new byte[31]));
        assertThrows(DataException.class, () -> Hash.of(new byte[33]));
    }

    @Test
    void equals_everyOtherBit_isAnotherHash() {
        var hash = Hash.sha256();
        for (int bit = 0; bit < 256; bit++) {
            byte[] bytes = hash.bytes();
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            assertNotEquals(hash, Hash.of(bytes));
        }
        assertFalse(hash.equals((Object) hash.hex()));
    }
}
