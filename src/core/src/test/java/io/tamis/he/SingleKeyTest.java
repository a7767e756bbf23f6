package io.tamis.he;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.he.threshold.ActiveSet;
import io.tamis.he.threshold.HolderIndex;
import io.tamis.he.threshold.Holders;
import io.tamis.he.threshold.KeyCandidates;
import io.tamis.he.threshold.Outputs;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A single holder of the whole key: half the bytes, and it reads everything. */
class SingleKeyTest {
    private static final Bfv SCHEME = Schemes.SMALL;
    private static final Holders ALONE = alone();

    @Test
    void open_ofSeededCiphertexts_isTheirSum() {
        var sum = Aggregate.sum(SCHEME, List.of(seeded(1, 3), seeded(2, -5)));
        long[] opened = ALONE.open(sum, ActiveSet.of(1), Outputs.first(64), new long[64]);
        assertArrayEquals(IntStream.range(0, 64).mapToLong(i -> -2L * i).toArray(), opened);
    }

    @Test
    void open_ofOneThatWentOverTheWire_isTheSame() {
        var read = Ciphertext.read(SCHEME, seeded(1, 3).bytes());
        assertEquals(seeded(1, 3).hash(), read.hash());
        long[] opened =
                ALONE.open(Aggregate.sum(SCHEME, List.of(read)), ActiveSet.of(1), Outputs.first(64), new long[64]);
        assertEquals(3 * 63, opened[63]);
    }

    /** The fresh noise of a seeded ciphertext is one error alone, far below the bound of a public-key one. */
    @Test
    void noise_ofASeededCiphertext_isOneError() {
        var ciphertext = seeded(1, 0);
        try (var s = new io.tamis.he.ring.Sampler(SCHEME.ring(), Schemes.seed(101)).ternary("s")) {
            var v = ciphertext.c1().copy().multiply(SCHEME.ring().ntt(s)).add(ciphertext.c0());
            for (var noise : Crt.centred(v.toCoefficients())) {
                assertTrue(noise.abs().intValueExact() <= 21);
            }
        }
    }

    @Test
    void encrypt_withAPublicKeysHeader_isRefused() {
        try (var key = SingleKey.of(SCHEME, Schemes.seed(101))) {
            var header = Schemes.header(SCHEME, 0, Encoding.TAGS, 1);
            assertThrows(HeException.class, () -> key.encrypt(header, new long[1], Schemes.seed(1), Schemes.seed(2)));
        }
    }

    @Test
    void encryptor_withASeededHeader_isRefused() {
        var encryptor = new Encryptor(ALONE.key());
        assertThrows(
                HeException.class, () -> encryptor.encrypt(header(0), new long[64], Schemes.seed(1), Schemes.seed(2)));
    }

    @Test
    void close_endsTheSecret() {
        var key = SingleKey.of(SCHEME, Schemes.seed(101));
        assertEquals("SingleKey", key.toString());
        key.close();
        // With a zeroed secret the value would stand there in the open.
        assertThrows(
                IllegalStateException.class,
                () -> key.encrypt(header(0), new long[64], Schemes.seed(1), Schemes.seed(2)));
    }

    private static Ciphertext seeded(int slot, long factor) {
        try (var key = SingleKey.of(SCHEME, Schemes.seed(101))) {
            long[] values = IntStream.range(0, 64).mapToLong(i -> factor * i).toArray();
            return key.encrypt(header(slot), values, Schemes.seed(40 + slot), Schemes.seed(50 + slot));
        }
    }

    private static CipherHeader header(int slot) {
        var header = Schemes.header(SCHEME, slot, Encoding.BUCKETS, 64);
        return new CipherHeader(
                CipherKind.SEEDED, header.params(), header.keyEpoch(), header.alignment(), slot, Encoding.BUCKETS, 64);
    }

    private static Holders alone() {
        var candidates = new KeyCandidates(SCHEME, Schemes.seed(1));
        var key = CollectiveKey.of(SCHEME, Schemes.seed(1), List.of(candidates.b(Schemes.seed(101))));
        return new Holders(key, List.of(candidates.secret(Schemes.seed(101)).asShare(new HolderIndex(1), 1)));
    }
}
