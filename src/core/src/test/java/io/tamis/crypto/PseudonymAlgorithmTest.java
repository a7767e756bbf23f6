package io.tamis.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamis.data.PredictableRandom;
import io.tamis.data.Samples;
import java.security.Security;
import java.util.HexFormat;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.junit.jupiter.api.Test;

class PseudonymAlgorithmTest {
    private static final int BLOCK_BYTES = 64;

    /** GB/T 32905-2016, examples A.1 and A.2. */
    @Test
    void sm3_ofThePublishedExamples_isThePublishedDigest() {
        assertEquals(
                "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
                HexFormat.of().formatHex(digest(new SM3Digest(), "abc".getBytes(US_ASCII))));
        assertEquals(
                "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732",
                HexFormat.of()
                        .formatHex(digest(new SM3Digest(), "abcd".repeat(16).getBytes(US_ASCII))));
    }

    /** RFC 4231, test case 2, though its key is shorter than ours. */
    @Test
    void hmacSha256_ofRfc4231_isThePublishedMac() {
        var mac = PseudonymAlgorithm.HMAC_SHA256.keyed(SecretBytes.copyOf("Jefe".getBytes(US_ASCII)));
        assertEquals(
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
                HexFormat.of().formatHex(mac.doFinal("what do ya want for nothing?".getBytes(US_ASCII))));
    }

    @Test
    void keyed_anyKeyAndText_equalsRfc2104WordForWord() {
        Samples.forAll(600_000, 300, seed -> new PredictableRandom(seed.nextLong()), random -> {
            byte[] key = random.bytes(32);
            byte[] text = random.bytes(random.bytes(1)[0] & 0xff);
            assertArrayEquals(
                    hmac(new SM3Digest(), key, text),
                    PseudonymAlgorithm.HMAC_SM3.keyed(SecretBytes.copyOf(key)).doFinal(text));
            assertArrayEquals(
                    hmac(SHA256Digest.newInstance(), key, text),
                    PseudonymAlgorithm.HMAC_SHA256
                            .keyed(SecretBytes.copyOf(key))
                            .doFinal(text));
        });
    }

    @Test
    void keyed_afterUse_leavesTheListOfProvidersAlone() {
        PseudonymAlgorithm.HMAC_SM3.keyed(SecretBytes.copyOf(new byte[32])).doFinal(new byte[1]);
        assertNull(Security.getProvider("BC"));
    }

    @Test
    void keyed_underAClosedKey_isRefused() {
        var key = SecretBytes.copyOf(new byte[32]);
        key.close();
        for (var algorithm : PseudonymAlgorithm.values()) {
            assertThrows(IllegalStateException.class, () -> algorithm.keyed(key));
        }
    }

    private static byte[] hmac(Digest digest, byte[] key, byte[] text) {
        byte[] inner = new byte[BLOCK_BYTES];
        byte[] outer = new byte[BLOCK_BYTES];
        for (int i = 0; i < BLOCK_BYTES; i++) {
            byte k = i < key.length ? key[i] : 0;
            inner[i] = (byte) (k ^ 0x36);
            outer[i] = (byte) (k ^ 0x5c);
        }
        return digest(digest, outer, digest(digest, inner, text));
    }

    private static byte[] digest(Digest digest, byte[]... parts) {
        for (byte[] part : parts) {
            digest.update(part, 0, part.length);
        }
        var out = new byte[digest.getDigestSize()];
        digest.doFinal(out, 0);
        return out;
    }
}
