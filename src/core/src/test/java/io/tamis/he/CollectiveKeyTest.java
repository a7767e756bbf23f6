package io.tamis.he;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamis.data.Mutations;
import io.tamis.data.Samples;
import io.tamis.he.threshold.Holders;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class CollectiveKeyTest {
    private static final Bfv SCHEME = Schemes.SMALL;
    private static final CollectiveKey KEY = Holders.additive(SCHEME, 3).key();

    @Test
    void read_ofWhatWasWritten_encryptsTheSame() {
        var read = CollectiveKey.read(SCHEME, KEY.bytes());
        assertEquals(KEY.hash(), read.hash());
        assertEquals(3, read.contributors());
        assertArrayEquals(encrypted(KEY), encrypted(read));
    }

    @Test
    void read_ofMutations_isRefusedOrReadsBackTheSameBytes() {
        byte[] file = KEY.bytes();
        Samples.forAll(20260504, 2_000, random -> Mutations.of(file, random), bytes -> {
            try {
                assertArrayEquals(bytes, CollectiveKey.read(SCHEME, bytes).bytes());
            } catch (HeException refused) {
                assertEquals(HeException.Fault.REJECTED, refused.fault());
            }
        });
    }

    @Test
    void read_ofEachWrongHeadByte_isRefused() {
        // Magic, version, parameters, contributors; the seed may be anything.
        for (int at = 0; at < 38; at++) {
            byte[] file = KEY.bytes();
            file[at] ^= (byte) 0x80;
            assertThrows(HeException.class, () -> CollectiveKey.read(SCHEME, file));
        }
        byte[] none = KEY.bytes();
        none[37] = 0;
        assertThrows(HeException.class, () -> CollectiveKey.read(SCHEME, none));
        none[37] = 9;
        assertThrows(HeException.class, () -> CollectiveKey.read(SCHEME, none));
    }

    @Test
    void of_contributionsThatAreNoPolynomials_isRefused() {
        int length = SCHEME.params().polynomialBytes();
        var ones = new byte[length];
        Arrays.fill(ones, (byte) -1);
        var seed = Schemes.seed(1);
        assertThrows(HeException.class, () -> CollectiveKey.of(SCHEME, seed, List.of(ones)));
        assertThrows(HeException.class, () -> CollectiveKey.of(SCHEME, seed, List.of(new byte[length - 1])));
        assertThrows(HeException.class, () -> CollectiveKey.of(SCHEME, seed, List.of(new byte[length])));
        assertThrows(HeException.class, () -> CollectiveKey.of(SCHEME, seed, List.of()));
        var nine = Collections.nCopies(9, new byte[length]);
        assertThrows(HeException.class, () -> CollectiveKey.of(SCHEME, seed, nine));
    }

    private static byte[] encrypted(CollectiveKey key) {
        return new Encryptor(key)
                .encrypt(Schemes.header(SCHEME, 0, Encoding.TAGS, 1), new long[] {4}, Schemes.seed(5), Schemes.seed(6))
                .bytes();
    }
}
