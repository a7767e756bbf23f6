package io.tamis.he;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamis.data.Hash;
import io.tamis.he.mask.BitMask;
import io.tamis.he.mask.FreshMaskForms;
import io.tamis.he.mask.MaskSums;
import io.tamis.he.ring.Seed;
import io.tamis.he.threshold.Holders;
import io.tamis.he.threshold.KeyCandidates;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every byte that travels or is hashed, against a twin in Python (src/test/resources/io/tamis/he/twin.py). */
class TwinTest {
    private static final Bfv SCHEME = Schemes.SMALL;
    private static final CollectiveKey KEY = Holders.additive(SCHEME, 2).key();
    private static final long[] VALUES =
            IntStream.range(0, 64).mapToLong(i -> 3L * i - 40).toArray();

    @Test
    void params_haveTheTwinsId() {
        assertEquals(
                "e781cf628f8647b051859b90e57ff5a367fe34ee09966a5d824d316f154e0f96",
                SCHEME.paramsId().hex());
    }

    @Test
    void keyCandidate_isTheTwins() {
        byte[] b = new KeyCandidates(SCHEME, Schemes.seed(1)).b(Schemes.seed(101));
        assertEquals("df500dffe49285a0d339411df28427d9e2f918e4457a1d5bce48ac92308e62b6", sha256(b));
    }

    @Test
    void collectiveKey_isTheTwins() {
        assertEquals(
                "9a7e0b6df9ee2cd6b5a0bddfce5d03f1a612d9a23d92eb2fb74e3636a0c0cb1b",
                KEY.hash().hex());
    }

    @Test
    void slotCandidate_isTheTwins() {
        byte[] c1 = new SlotCandidates(KEY).c1(Schemes.seed(11));
        assertEquals("26d939324188fe68bd8c2232cc5b929157fa6a092380b62aa9f342fd1c682a9a", sha256(c1));
    }

    @Test
    void ciphertext_isTheTwins() {
        assertEquals(
                "1e0e30239f0f685a787dea4c2d18fb7f0259f704c9679f11a5d3b51dd6ec6454",
                ciphertext().hash().hex());
    }

    @Test
    void maskFile_isTheTwins() {
        assertEquals(
                "0a69858b224bc35a4e04d0f89ad8a96dffca1742048b2d14ce448bcf6222e341",
                mask().hash().hex());
    }

    @Test
    void aggregate_isTheTwins() {
        var sums = new MaskSums(SCHEME, new FreshMaskForms(SCHEME), 1);
        sums.add(ciphertext(), 0, List.of(mask()));
        assertEquals(
                "dffd682736128d926e1cd72848cadbd116a0dd89b7ed1c5e166e767fcc739e22",
                sums.finish().getFirst().hash().hex());
    }

    @Test
    void seededCiphertext_isTheTwins() {
        var header = Schemes.header(SCHEME, 5, Encoding.TAGS, 64);
        var seeded = new CipherHeader(
                CipherKind.SEEDED, header.params(), header.keyEpoch(), header.alignment(), 5, Encoding.TAGS, 64);
        try (var key = SingleKey.of(SCHEME, Schemes.seed(101))) {
            var made = key.encrypt(seeded, VALUES, Schemes.seed(21), Schemes.seed(22));
            assertEquals(
                    "3c9235846f2c47ecb43036d0828c6f607c663dec897a147dd2911dbdb1ebcba7",
                    made.hash().hex());
        }
    }

    private static Ciphertext ciphertext() {
        Seed slot = Schemes.seed(11);
        return new Encryptor(KEY).encrypt(Schemes.header(SCHEME, 5, Encoding.TAGS, 64), VALUES, slot, Schemes.seed(12));
    }

    private static BitMask mask() {
        return BitMask.of(64, i -> i % 3 == 1);
    }

    private static String sha256(byte[] bytes) {
        return Hash.sha256(bytes).hex();
    }
}
