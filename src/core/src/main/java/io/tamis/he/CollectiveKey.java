package io.tamis.he;

import io.tamis.data.Hash;
import io.tamis.he.ring.NttPoly;
import io.tamis.he.ring.Sampler;
import io.tamis.he.ring.Seed;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The public key of all holders together: {@code b = -a*s + e}, s and e the sums of the holders' own (Mouchet et al., eprint
 * 2020/304), a expanded from the common seed of the ceremony. File, big-endian: {@code TAHP}, version u8 = 1, paramsId 32,
 * contributors u8, seed 32, b packed.
 */
public final class CollectiveKey {
    /** Most contributors. */
    public static final int CONTRIBUTORS_MAX = 8;

    private static final byte[] MAGIC = "TAHP".getBytes(StandardCharsets.US_ASCII);
    private static final byte VERSION = 1;
    private static final int HEAD = MAGIC.length + 1 + Hash.LENGTH + 1 + Seed.LENGTH;
    private static final String NAME = "a";

    private final Bfv scheme;
    private final int contributors;
    private final byte[] seed;
    private final NttPoly a;
    private final NttPoly b;

    private CollectiveKey(Bfv scheme, int contributors, byte[] seed, NttPoly b) {
        this.scheme = scheme;
        this.contributors = contributors;
        this.seed = seed;
        try (var common = Seed.of(seed)) {
            a = commonA(scheme, common);
        }
        this.b = b;
    }

    /**
     * The key of these contributions.
     *
     * @param common seed of the ceremony's a; public
     * @param contributions the packed b_i of each contributor, 1 to 8, audited
     */
    public static CollectiveKey of(Bfv scheme, Seed common, List<byte[]> contributions) {
        HeException.require(!contributions.isEmpty() && contributions.size() <= CONTRIBUTORS_MAX);
        var sum = scheme.ring().zero();
        for (byte[] contribution : contributions) {
            HeException.accept(contribution.length == scheme.params().polynomialBytes());
            sum.add(scheme.unpack(contribution, 0));
        }
        HeException.accept(!sum.isZero());
        return new CollectiveKey(scheme, contributions.size(), common.reveal(), sum);
    }

    /** The polynomial a of a ceremony with this seed. */
    public static NttPoly commonA(Bfv scheme, Seed common) {
        return new Sampler(scheme.ring(), common).uniform(NAME);
    }

    /** Length of the file. */
    public static int length(HeParams params) {
        return HEAD + params.polynomialBytes();
    }

    /** Reads the file, exactly. */
    public static CollectiveKey read(Bfv scheme, byte[] file) {
        HeException.accept(file.length == length(scheme.params()));
        var in = ByteBuffer.wrap(file);
        byte[] magic = take(in, MAGIC.length);
        HeException.accept(Arrays.equals(magic, MAGIC) && in.get() == VERSION);
        HeException.accept(Hash.of(take(in, Hash.LENGTH)).equals(scheme.paramsId()));
        int contributors = in.get();
        HeException.accept(contributors >= 1 && contributors <= CONTRIBUTORS_MAX);
        byte[] seed = take(in, Seed.LENGTH);
        var b = scheme.unpack(file, HEAD);
        HeException.accept(!b.isZero());
        return new CollectiveKey(scheme, contributors, seed, b);
    }

    private static byte[] take(ByteBuffer in, int length) {
        var bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    /** The file. */
    public byte[] bytes() {
        return ByteBuffer.allocate(length(scheme.params()))
                .put(MAGIC)
                .put(VERSION)
                .put(scheme.paramsId().bytes())
                .put((byte) contributors)
                .put(seed)
                .put(scheme.pack(b))
                .array();
    }

    /** SHA-256 of the file. */
    public Hash hash() {
        return Hash.sha256(bytes());
    }

    /** The scheme it is a key of. */
    public Bfv scheme() {
        return scheme;
    }

    /** How many contributed: N of the noise bounds. */
    public int contributors() {
        return contributors;
    }

    NttPoly a() {
        return a;
    }

    NttPoly b() {
        return b;
    }
}
