package io.tamis.he;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Json;
import io.tamis.he.ring.NttPoly;
import io.tamis.he.ring.Sampler;
import io.tamis.he.ring.SignedPoly;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Against npm's node-seal 6.0.3, which is SEAL in WebAssembly, with fresh keys each time: we open what it encrypted, multiply
 * to its bits, and it opens what we encrypted under its key.
 */
class NodeSealTest {
    private static final Bfv SCHEME = Bfv.of(SealCompat.N4096);
    private static final int N = SealCompat.N4096.n();
    private static final long T = SealCompat.N4096.t();
    private static final Batching BATCHING = new Batching(N, SealCompat.smallest(T, N));

    private final SplittableRandom random = new SplittableRandom(2026);
    private final long[] a = random.longs(N, 0, T).toArray();
    private final long[] b = random.longs(N, 0, 1_000).toArray();

    @TempDir
    Path folder;

    @Test
    void nodeSeal_encryptsMultipliesAndOpensAsWeDo() {
        Json.Obj seal = ask(Json.object().put("a", numbers(a)).put("b", numbers(b)));
        var secret = SealFile.secret(SCHEME, bytes(seal, "secretKey"));
        byte[] encrypted = bytes(seal, "encrypted");
        byte[] product = bytes(seal, "product");

        assertArrayEquals(a, opened(secret, encrypted));
        long[] expected = IntStream.range(0, N).mapToLong(i -> a[i] * b[i] % T).toArray();
        assertArrayEquals(expected, opened(secret, product));
        assertArrayEquals(expected, numbers(seal.member("opened").orElseThrow()));

        var plain = SCHEME.ring().ntt(centred(BATCHING.coefficients(b)));
        for (int part = 0; part < 2; part++) {
            var ours = SealFile.part(SCHEME, encrypted, part).multiply(plain);
            assertTrue(ours.sameAs(SealFile.part(SCHEME, product, part)), "part " + part);
        }

        byte[] encryptedByUs = SealFile.with(
                encrypted,
                c0(SealFile.publicKey(SCHEME, bytes(seal, "publicKey"), 0)),
                c1(SealFile.publicKey(SCHEME, bytes(seal, "publicKey"), 1)));
        Json.Obj answer = ask(Json.object()
                .put("secretKey", text(seal, "secretKey"))
                .put("ciphertext", Base64.getEncoder().encodeToString(encryptedByUs)));
        assertArrayEquals(b, numbers(answer.member("opened").orElseThrow()));
    }

    private NttPoly c0(NttPoly key) {
        var sampler = new Sampler(SCHEME.ring(), Schemes.seed(1));
        return SCHEME.lift(centred(BATCHING.coefficients(b)))
                .add(SCHEME.ring().lift(sampler.centredBinomial("e0")))
                .toNtt()
                .add(SCHEME.ring().ntt(sampler.ternary("u")).multiply(key));
    }

    private static NttPoly c1(NttPoly key) {
        var sampler = new Sampler(SCHEME.ring(), Schemes.seed(1));
        return SCHEME.ring()
                .ntt(sampler.centredBinomial("e1"))
                .add(SCHEME.ring().ntt(sampler.ternary("u")).multiply(key));
    }

    private static long[] opened(NttPoly secret, byte[] ciphertext) {
        var v = SealFile.part(SCHEME, ciphertext, 1)
                .multiply(secret)
                .add(SealFile.part(SCHEME, ciphertext, 0))
                .toCoefficients();
        long[] rounded = SCHEME.round(v, IntStream.range(0, N).toArray());
        return BATCHING.slots(
                Arrays.stream(rounded).map(m -> Math.floorMod(m, T)).toArray());
    }

    private static SignedPoly centred(long[] plain) {
        return SignedPoly.of(
                Arrays.stream(plain).map(m -> m > T / 2 ? m - T : m).toArray());
    }

    private Json.Obj ask(Json.Builder question) {
        return NodeOracle.ask("node-seal", "seal.mjs", question.build(), folder);
    }

    private static byte[] bytes(Json.Obj answer, String name) {
        return Base64.getDecoder().decode(text(answer, name));
    }

    private static String text(Json.Obj answer, String name) {
        return ((Json.Str) answer.member(name).orElseThrow()).value();
    }

    private static Json numbers(long[] values) {
        return Json.array(Arrays.stream(values).mapToObj(Json::of).toList());
    }

    private static long[] numbers(Json json) {
        return ((Json.Arr) json)
                .items().stream().mapToLong(item -> ((Json.Int) item).value()).toArray();
    }
}
