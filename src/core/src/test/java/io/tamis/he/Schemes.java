package io.tamis.he;

import io.tamis.data.Hash;
import io.tamis.he.ring.Prime;
import io.tamis.he.ring.Primes;
import io.tamis.he.ring.Seed;
import java.nio.ByteBuffer;
import java.util.List;

/** Small schemes WITHOUT any security, and seeds anyone can guess: for tests. */
public final class Schemes {
    /** n = 64 with the primes and t of AGG-8192. */
    public static final Bfv SMALL = Bfv.of(small(64));

    private Schemes() {}

    /** The primes and t of AGG-8192 at another degree. */
    public static HeParams small(int n) {
        List<Prime> primes = Primes.AGG_8192.stream()
                .map(prime -> new Prime(prime.q(), Primes.firstRoot(prime.q(), n)))
                .toList();
        return new HeParams("TEST-" + n, n, primes, 1L << 40, 40);
    }

    /** A seed that stands for this number. */
    public static Seed seed(long number) {
        return Seed.of(ByteBuffer.allocate(Seed.LENGTH).putLong(0, number).array());
    }

    /** A header of a public-key ciphertext with n values. */
    public static CipherHeader header(Bfv scheme, int slot, Encoding encoding, int count) {
        return new CipherHeader(
                CipherKind.PUBLIC_KEY,
                scheme.params(),
                new KeyEpoch(3),
                new Alignment(7, Hash.sha256(new byte[] {1})),
                slot,
                encoding,
                count);
    }
}
