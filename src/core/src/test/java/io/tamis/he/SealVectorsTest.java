package io.tamis.he;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tamis.he.mask.BitMask;
import io.tamis.he.mask.FreshMaskForms;
import io.tamis.he.ring.NttPoly;
import io.tamis.he.ring.SignedPoly;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Another implementation's keys and ciphertexts: what SEAL encrypted, added and multiplied, read and computed by us. */
class SealVectorsTest {
    private static final List<String> CIPHERTEXTS = List.of("a", "b", "sum", "product", "sumproduct");

    static List<String> sets() {
        return SealVectors.SETS;
    }

    @ParameterizedTest
    @MethodSource("sets")
    void decryption_ofSealsCiphertexts_isSeals(String set) {
        checkDecryption(SealVectors.of(set));
    }

    @ParameterizedTest
    @MethodSource("sets")
    void transform_withSealsRoot_isSealsBitForBit(String set) {
        checkTransforms(SealVectors.of(set));
    }

    @ParameterizedTest
    @MethodSource("sets")
    void arithmetic_onSealsCiphertexts_isSealsBitForBit(String set) {
        checkArithmetic(SealVectors.of(set));
    }

    @ParameterizedTest
    @MethodSource("sets")
    void delta_isSeals(String set) {
        var seal = SealVectors.of(set);
        for (int l = 0; l < seal.delta().length; l++) {
            assertEquals(seal.delta()[l], seal.params().delta(l));
        }
    }

    /** Our encryption under SEAL's public key, decrypted with SEAL's secret key. */
    @ParameterizedTest
    @MethodSource("sets")
    void encryption_underSealsKey_decryptsWithSealsSecret(String set) {
        var seal = SealVectors.of(set);
        var ring = seal.ring();
        var values = centred(seal.plaintext("b"), seal.params().t());
        var sampler = new io.tamis.he.ring.Sampler(ring, Schemes.seed(4));
        var u = ring.ntt(sampler.ternary("u"));
        var c0 = seal.scheme()
                .lift(SignedPoly.of(values))
                .add(ring.lift(sampler.centredBinomial("e0")))
                .toNtt()
                .add(u.copy().multiply(seal.publicKey(0)));
        var c1 = ring.ntt(sampler.centredBinomial("e1")).add(u.copy().multiply(seal.publicKey(1)));
        assertArrayEquals(seal.plaintext("b"), decrypt(seal, c0, c1));
    }

    @ParameterizedTest
    @MethodSource("tagSets")
    void mask_asWeWriteIt_isSealsPlaintext(String set) {
        var seal = SealVectors.of(set);
        long[] bits = seal.tags("mask");
        var mask = BitMask.of(bits.length, i -> bits[i] == 1);
        assertTrue(new FreshMaskForms(seal.scheme()).form(mask, 0).sameAs(seal.mask()));
        long sum = IntStream.range(0, bits.length)
                .mapToLong(i -> bits[i] * seal.tags("a")[i])
                .sum();
        assertEquals(Math.floorMod(sum, seal.params().t()), seal.expected("product")[0]);
    }

    static List<String> tagSets() {
        return List.of("n64-pow2", "n64-pow2-3p");
    }

    @Test
    void batching_isSeals() {
        checkBatching(SealVectors.of("n64-batch"));
    }

    @Test
    void everything_atSealsDefaultOf4096_isSeals() {
        Optional<Path> folder =
                Optional.ofNullable(System.getProperty("tamis.seal.vectors")).map(Path::of);
        assumeTrue(folder.isPresent(), "SKIPPED: no folder with SEAL's vectors of n = 4096 (-Dtamis.seal.vectors)");
        var seal = SealVectors.large(folder.orElseThrow());
        assertEquals(SealCompat.N4096.primes(), seal.params().primes());
        checkDecryption(seal);
        checkTransforms(seal);
        checkArithmetic(seal);
        checkBatching(seal);
    }

    private static void checkDecryption(SealVectors seal) {
        for (String name : CIPHERTEXTS) {
            assertArrayEquals(seal.expected(name), decrypt(seal, seal.ntt(name, 0), seal.ntt(name, 1)), name);
        }
    }

    private static void checkTransforms(SealVectors seal) {
        assertTrue(seal.ring().ntt(SignedPoly.of(seal.secret())).sameAs(seal.secretNtt()));
        for (String name : CIPHERTEXTS) {
            for (int part = 0; part < 2; part++) {
                var ours =
                        seal.ring().coefficients(seal.coefficients(name, part)).toNtt();
                for (int l = 0; l < seal.params().primes().size(); l++) {
                    assertArrayEquals(seal.nttResidues(name, part)[l], ours.residues(l), name);
                }
            }
        }
    }

    private static void checkArithmetic(SealVectors seal) {
        for (int part = 0; part < 2; part++) {
            var a = seal.ntt("a", part);
            var sum = a.copy().add(seal.ntt("b", part));
            assertTrue(sum.sameAs(seal.ntt("sum", part)));
            assertTrue(a.multiply(seal.mask()).sameAs(seal.ntt("product", part)));
            assertTrue(sum.multiply(seal.mask()).sameAs(seal.ntt("sumproduct", part)));
        }
    }

    private static void checkBatching(SealVectors seal) {
        for (String name : List.of("a", "b", "mask")) {
            assertArrayEquals(seal.plaintext(name), seal.batching().coefficients(seal.slots(name)), name);
            assertArrayEquals(seal.slots(name), seal.batching().slots(seal.plaintext(name)), name);
        }
    }

    /** By residues and doubles, and again by the definition in whole numbers. */
    private static long[] decrypt(SealVectors seal, NttPoly c0, NttPoly c1) {
        long t = seal.params().t();
        var v = c1.copy().multiply(seal.secretNtt()).add(c0).toCoefficients();
        BigInteger[] whole = Crt.centred(v);
        long[] rounded =
                seal.scheme().round(v, IntStream.range(0, seal.params().n()).toArray());
        long[] plain = Arrays.stream(rounded).map(m -> Math.floorMod(m, t)).toArray();
        for (int i = 0; i < whole.length; i++) {
            assertEquals(Math.floorMod(Crt.plain(whole[i], seal.params()), t), plain[i]);
        }
        return plain;
    }

    private static long[] centred(long[] plain, long t) {
        return Arrays.stream(plain).map(m -> m > t / 2 ? m - t : m).toArray();
    }
}
