package io.tamis.he;

import io.tamis.data.Hash;
import io.tamis.he.ring.NttPoly;
import io.tamis.he.ring.Sampler;
import io.tamis.he.ring.Seed;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * An encrypted polynomial with its header. On the wire: the header, then the body: c0 and c1 (or the seed of c1 and c0),
 * each prime by prime, n residues of 49 bits, lowest bit first, below q, transformed, in bit-reversed order. An upload has
 * an Ed25519 signature over both behind it ({@link SignedBody}).
 *
 * <p>The polynomials are shared, not copied: nobody changes a ciphertext's own.
 */
public final class Ciphertext {
    private static final String SEEDED_NAME = "c1";

    private final Bfv scheme;
    private final CipherHeader header;
    private final NttPoly c0;
    private final NttPoly c1;
    private final Optional<byte[]> seed;
    private volatile Hash hash;

    private Ciphertext(Bfv scheme, CipherHeader header, NttPoly c0, NttPoly c1, Optional<byte[]> seed) {
        this.scheme = scheme;
        this.header = Objects.requireNonNull(header);
        this.c0 = c0;
        this.c1 = c1;
        this.seed = seed;
        HeException.require(header.params().equals(scheme.params()));
    }

    static Ciphertext ofPair(Bfv scheme, CipherHeader header, NttPoly c0, NttPoly c1) {
        HeException.require(header.kind() == CipherKind.PUBLIC_KEY);
        return new Ciphertext(scheme, header, c0, c1, Optional.empty());
    }

    static Ciphertext ofSeeded(Bfv scheme, CipherHeader header, NttPoly c0, Seed seed) {
        HeException.require(header.kind() == CipherKind.SEEDED);
        return new Ciphertext(scheme, header, c0, expand(scheme, seed), Optional.of(seed.reveal()));
    }

    /** Bytes of header and body, without a signature. */
    public static int length(HeParams params, CipherKind kind) {
        return CipherHeader.LENGTH + params.bodyBytes(kind);
    }

    /**
     * Reads header and body, exactly: any other length, parameters, a residue not below its prime, a c1 of zero is refused,
     * always alike. Lengths are compared before anything is allocated. Epochs, slot and signature are the caller's to check.
     */
    public static Ciphertext read(Bfv scheme, byte[] bytes) {
        var params = scheme.params();
        var in = ByteBuffer.wrap(bytes);
        var header = CipherHeader.read(params, in);
        HeException.accept(bytes.length == length(params, header.kind()));
        int body = in.position();
        return switch (header.kind()) {
            case PUBLIC_KEY -> {
                // Both are read before anything is refused, so that the time does not tell which was wrong.
                var c0 = scheme.unpacked(bytes, body);
                var c1 = scheme.unpackedNonZero(bytes, body + params.polynomialBytes());
                HeException.accept(c0.isPresent() && c1.isPresent());
                yield ofPair(scheme, header, c0.orElseThrow(), c1.orElseThrow());
            }
            case SEEDED -> {
                var c0 = scheme.unpack(bytes, body + Seed.LENGTH);
                yield ofSeeded(scheme, header, c0, Seed.of(Arrays.copyOfRange(bytes, body, body + Seed.LENGTH)));
            }
        };
    }

    static NttPoly expand(Bfv scheme, Seed seed) {
        return new Sampler(scheme.ring(), seed).uniform(SEEDED_NAME);
    }

    /** The header. */
    public CipherHeader header() {
        return header;
    }

    /** c0, not to be changed. */
    public NttPoly c0() {
        return c0;
    }

    /** c1, not to be changed. */
    public NttPoly c1() {
        return c1;
    }

    /** c1 packed, as a slot's audit hashes it: the second half of the body. */
    public byte[] c1Bytes() {
        return scheme.pack(c1);
    }

    /** Header and body. */
    public byte[] bytes() {
        var out = ByteBuffer.allocate(length(scheme.params(), header.kind())).put(header.bytes());
        if (seed.isPresent()) {
            out.put(seed.get()).put(scheme.pack(c0));
        } else {
            out.put(scheme.pack(c0)).put(scheme.pack(c1));
        }
        return out.array();
    }

    /** SHA-256 of header and body: what a ticket names and by which a ciphertext is not added twice. */
    public Hash hash() {
        Hash known = hash;
        if (known == null) {
            known = Hash.sha256(bytes());
            hash = known;
        }
        return known;
    }

    @Override
    public String toString() {
        return "Ciphertext";
    }
}
