package io.tamis.he;

import io.tamis.he.ring.NttPoly;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** SEAL's raw files without compression, little-endian, as shared/data/seal-vectors/README.md tells them. */
final class SealFile {
    private static final int N = SealCompat.N4096.n();
    private static final int HEADER = 16;
    private static final int ID = 32;

    /** Of a ciphertext: header, id, NTT flag, five numbers of 8 bytes, header and count of the words. */
    private static final int PAIR_WORDS = HEADER + ID + 1 + 5 * Long.BYTES + HEADER + Long.BYTES;

    /** Of a secret key: header, id, count, scale, header and count of the words. */
    private static final int PLAIN_WORDS = HEADER + ID + 2 * Long.BYTES + HEADER + Long.BYTES;

    private SealFile() {}

    /** The secret key over the primes of ciphertexts; the last prime, of key switching, is left out. */
    static NttPoly secret(Bfv scheme, byte[] file) {
        return scheme.ring()
                .transformed(rows(file, PLAIN_WORDS, scheme.params().primes().size()));
    }

    /** A polynomial of a public key, which has one more prime than ciphertexts have. */
    static NttPoly publicKey(Bfv scheme, byte[] file, int part) {
        int primes = scheme.params().primes().size();
        return scheme.ring().transformed(rows(file, PAIR_WORDS + part * (primes + 1) * N * Long.BYTES, primes));
    }

    /** A polynomial of a ciphertext by coefficients. */
    static NttPoly part(Bfv scheme, byte[] file, int part) {
        int primes = scheme.params().primes().size();
        return scheme.ring()
                .coefficients(rows(file, PAIR_WORDS + part * primes * N * Long.BYTES, primes))
                .toNtt();
    }

    /** The file of another ciphertext with its polynomials exchanged for these. */
    static byte[] with(byte[] file, NttPoly c0, NttPoly c1) {
        byte[] written = file.clone();
        var words = ByteBuffer.wrap(written).order(ByteOrder.LITTLE_ENDIAN).position(PAIR_WORDS);
        for (NttPoly part : new NttPoly[] {c0, c1}) {
            var coefficients = part.copy().toCoefficients();
            for (int prime = 0; prime < SealCompat.N4096.primes().size(); prime++) {
                Arrays.stream(coefficients.residues(prime)).forEach(words::putLong);
            }
        }
        if (words.hasRemaining()) {
            throw new IllegalArgumentException("not a ciphertext of these parameters");
        }
        return written;
    }

    private static long[][] rows(byte[] file, int offset, int primes) {
        var words = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).position(offset);
        var rows = new long[primes][N];
        for (long[] row : rows) {
            for (int i = 0; i < N; i++) {
                row[i] = words.getLong();
            }
        }
        return rows;
    }
}
