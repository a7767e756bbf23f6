package io.tamis.cli.chain;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import org.bouncycastle.crypto.digests.KeccakDigest;
import org.junit.jupiter.api.Test;

/** The selectors are numbers that nobody can read; this computes them from the signatures beside them. */
class AbiTest {
    private static final int SELECTOR_LENGTH = 2 + 8;

    @Test
    void selectors_areTheFirstBytesOfTheSignaturesKeccak() {
        assertEquals(keccak("head(bytes32)").substring(0, SELECTOR_LENGTH), Abi.HEAD);
        assertEquals(keccak("rootAt(bytes32,uint64)").substring(0, SELECTOR_LENGTH), Abi.ROOT_AT);
        assertEquals(keccak("UnknownLog()").substring(0, SELECTOR_LENGTH), Abi.UNKNOWN_LOG);
    }

    @Test
    void topic_isTheEventsKeccak() {
        assertEquals(keccak("Anchored(bytes32,uint64,bytes32,uint64,uint64,bytes32)"), Abi.ANCHORED);
    }

    /** The digest itself: Keccak-256 of nothing, which differs from SHA3-256. */
    @Test
    void keccak_ofNothing_isTheKnownOne() {
        assertEquals("0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470", keccak(""));
    }

    private static String keccak(String signature) {
        byte[] bytes = signature.getBytes(US_ASCII);
        var digest = new KeccakDigest(256);
        digest.update(bytes, 0, bytes.length);
        var hash = new byte[32];
        digest.doFinal(hash, 0);
        return "0x" + HexFormat.of().formatHex(hash);
    }
}
