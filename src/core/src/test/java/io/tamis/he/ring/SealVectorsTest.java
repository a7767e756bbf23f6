package io.tamis.he.ring;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamis.data.Hash;
import io.tamis.data.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Known answers made by native Microsoft SEAL 4.4.3: with its root (the smallest primitive one) the transform gives the same
 * residues, bit for bit. The files are excerpts of the project's own vector generator's output and hold no SEAL source; the
 * secret key in them is public.
 */
class SealVectorsTest {
    private static final List<String> SMALL = List.of("n64-pow2", "n64-pow2-3p", "n64-batch");

    record Case(String set, KernelChoice choice) {}

    static Stream<Case> smallSets() {
        return Stream.of("fma", "scalar")
                .map(KernelChoice::of)
                .flatMap(choice -> SMALL.stream().map(set -> new Case(set, choice)));
    }

    @ParameterizedTest
    @MethodSource("smallSets")
    void transform_ofSealsSecretKey_isSealsBitForBit(Case c) {
        Json.Obj vectors = read(c.set());
        Ring ring = ring(vectors, "keyPrimes", c.choice());
        NttPoly secret = ring.ntt(SignedPoly.of(longs(vectors, "secretCoeff")));
        assertRows(rows(vectors, "secretNtt"), secret);
    }

    @ParameterizedTest
    @MethodSource("smallSets")
    void transform_ofSealsCiphertext_isSealsBothWays(Case c) {
        Json.Obj vectors = read(c.set());
        Ring ring = ring(vectors, "dataPrimes", c.choice());
        long[][] coefficients = rows(vectors, "aCoeff");
        NttPoly transformed = ring.coefficients(coefficients).toNtt();
        assertRows(rows(vectors, "aNtt"), transformed);
        CoefficientPoly back = ring.transformed(rows(vectors, "aNtt")).toCoefficients();
        for (int l = 0; l < coefficients.length; l++) {
            assertArrayEquals(coefficients[l], back.residues(l));
        }
    }

    /** The first polynomial of SEAL's plain multiplication: its mask, centred, times ours. */
    @ParameterizedTest
    @MethodSource("smallSets")
    void product_ofSealsCiphertextAndMask_isSealsProduct(Case c) {
        Json.Obj vectors = read(c.set());
        Ring ring = ring(vectors, "dataPrimes", c.choice());
        long t = number(vectors.member("t").orElseThrow());
        long[] mask = longs(vectors, "mask");
        long[] centred = Arrays.stream(mask).map(m -> 2 * m > t ? m - t : m).toArray();
        NttPoly product = ring.coefficients(rows(vectors, "aCoeff")).toNtt().multiply(ring.ntt(SignedPoly.of(centred)));
        assertRows(rows(vectors, "productNtt"), product);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fma", "scalar"})
    void transform_ofSealsLargeSecretKey_hasSealsDigest(String kernel) {
        Json.Obj vectors = read("n4096-batch");
        Ring ring = ring(vectors, "keyPrimes", KernelChoice.of(kernel));
        String signs = text(vectors.member("secretCoeff").orElseThrow());
        long[] secret = signs.chars().mapToLong("-0+"::indexOf).map(i -> i - 1).toArray();
        NttPoly transformed = ring.ntt(SignedPoly.of(secret));
        List<Json> digests = array(vectors.member("secretNttSha256").orElseThrow());
        for (int l = 0; l < digests.size(); l++) {
            assertEquals(text(digests.get(l)), littleEndianSha256(transformed.residues(l)));
        }
    }

    private static String littleEndianSha256(long[] words) {
        var bytes = ByteBuffer.allocate(words.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(words);
        return Hash.sha256(bytes.array()).hex();
    }

    private static void assertRows(long[][] expected, NttPoly actual) {
        for (int l = 0; l < expected.length; l++) {
            assertArrayEquals(expected[l], actual.residues(l), "prime " + l);
        }
    }

    /** The ring of SEAL's primes and roots; each root is the smallest primitive one, as SEAL takes it. */
    private static Ring ring(Json.Obj vectors, String primesName, KernelChoice choice) {
        int n = (int) number(vectors.member("n").orElseThrow());
        long[] q = longs(vectors, primesName);
        long[] psi = longs(vectors, "psi");
        List<Prime> primes = IntStream.range(0, q.length)
                .mapToObj(l -> new Prime(q[l], psi[l]))
                .toList();
        primes.forEach(prime -> assertEquals(smallestRoot(prime, n), prime.psi()));
        return Ring.of(n, primes, choice);
    }

    private static long smallestRoot(Prime prime, int n) {
        var modulus = BigInteger.valueOf(prime.q());
        var root = BigInteger.valueOf(prime.psi());
        var square = root.multiply(root).mod(modulus);
        var smallest = root;
        for (int i = 1; i < n; i++) {
            root = root.multiply(square).mod(modulus);
            smallest = smallest.min(root);
        }
        return smallest.longValueExact();
    }

    private static Json.Obj read(String set) {
        try (var in = SealVectorsTest.class.getResourceAsStream("seal/" + set + ".json")) {
            return (Json.Obj) Json.parse(in.readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static long[] longs(Json.Obj vectors, String name) {
        return longs(vectors.member(name).orElseThrow());
    }

    private static long[] longs(Json array) {
        return array(array).stream().mapToLong(SealVectorsTest::number).toArray();
    }

    private static long[][] rows(Json.Obj vectors, String name) {
        return array(vectors.member(name).orElseThrow()).stream()
                .map(SealVectorsTest::longs)
                .toArray(long[][]::new);
    }

    private static List<Json> array(Json json) {
        return ((Json.Arr) json).items();
    }

    private static long number(Json json) {
        return ((Json.Int) json).value();
    }

    private static String text(Json json) {
        return ((Json.Str) json).value();
    }
}
