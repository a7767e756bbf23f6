package io.tamis.he;

import io.tamis.data.Json;
import io.tamis.he.ring.NttPoly;
import io.tamis.he.ring.Prime;
import io.tamis.he.ring.Ring;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Known answers of native SEAL 4.4.3: src/test/resources/seal-vectors. Its secret keys are public. */
final class SealVectors {
    /** The sets, by folder. */
    static final List<String> SETS = List.of("n64-pow2", "n64-pow2-3p", "n64-batch");

    private final Json.Obj json;
    private final HeParams params;
    private final Bfv scheme;

    private SealVectors(String set, Json.Obj json) {
        this.json = json;
        int n = (int) number(json, "n");
        long[] primes = numbers(at(json, "dataPrimes"));
        long[] roots = numbers(at(json, "psi"));
        var data = new ArrayList<Prime>();
        for (int l = 0; l < primes.length; l++) {
            data.add(new Prime(primes[l], roots[l]));
        }
        params = new HeParams("SEAL-" + set, n, data, number(json, "t"), 0);
        scheme = Bfv.of(params);
    }

    static SealVectors of(String set) {
        try (var raw = SealVectors.class.getResourceAsStream("/seal-vectors/" + set + "/vectors.json")) {
            return new SealVectors(set, (Json.Obj) Json.parse(raw.readAllBytes()));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The set of n = 4096 under this folder. */
    static SealVectors large(Path folder) {
        var file = folder.resolve("n4096-batch").resolve("vectors.json.gz");
        try (var raw = new GZIPInputStream(Files.newInputStream(file))) {
            return new SealVectors("n4096-batch", (Json.Obj) Json.parse(raw.readAllBytes()));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    Bfv scheme() {
        return scheme;
    }

    HeParams params() {
        return params;
    }

    Ring ring() {
        return scheme.ring();
    }

    /** c0 or c1 of a ciphertext, transformed by SEAL. */
    NttPoly ntt(String ciphertext, int part) {
        return poly(at(at(at(json, "ciphertexts"), ciphertext), "ntt"), part);
    }

    /** c0 or c1 of a ciphertext by coefficients. */
    long[][] coefficients(String ciphertext, int part) {
        return rows(items(at(at(at(json, "ciphertexts"), ciphertext), "coeff")).get(part));
    }

    long[][] nttResidues(String ciphertext, int part) {
        return rows(items(at(at(at(json, "ciphertexts"), ciphertext), "ntt")).get(part));
    }

    NttPoly mask() {
        return ring().transformed(rows(at(at(json, "plaintexts"), "maskNtt")));
    }

    long[] plaintext(String name) {
        return numbers(at(at(json, "plaintexts"), name));
    }

    long[] secret() {
        return numbers(at(at(json, "secretKey"), "coeff"));
    }

    /** The secret key over the data primes, transformed by SEAL. */
    NttPoly secretNtt() {
        var rows = rows(at(at(json, "secretKey"), "ntt"));
        return ring().transformed(java.util.Arrays.copyOf(rows, params.primes().size()));
    }

    /** The public key over the data primes. */
    NttPoly publicKey(int part) {
        var rows = rows(items(at(at(json, "publicKey"), "ntt")).get(part));
        return ring().transformed(java.util.Arrays.copyOf(rows, params.primes().size()));
    }

    long[] delta() {
        return numbers(at(json, "delta"));
    }

    long[] expected(String ciphertext) {
        return numbers(at(at(at(json, "expected"), ciphertext), "coeff"));
    }

    long[] slots(String plaintext) {
        return numbers(at(at(json, "slots"), plaintext));
    }

    long[] tags(String name) {
        return numbers(at(at(json, "tags"), name));
    }

    Batching batching() {
        return new Batching(params.n(), new Prime(params.t(), number(json, "psiT")));
    }

    private NttPoly poly(Json parts, int part) {
        return ring().transformed(rows(items(parts).get(part)));
    }

    private static long[][] rows(Json json) {
        return items(json).stream().map(SealVectors::numbers).toArray(long[][]::new);
    }

    private static long[] numbers(Json json) {
        return items(json).stream().mapToLong(item -> ((Json.Int) item).value()).toArray();
    }

    private static List<Json> items(Json json) {
        return ((Json.Arr) json).items();
    }

    private static long number(Json json, String name) {
        return ((Json.Int) at(json, name)).value();
    }

    private static Json at(Json json, String name) {
        return ((Json.Obj) json).member(name).orElseThrow();
    }
}
