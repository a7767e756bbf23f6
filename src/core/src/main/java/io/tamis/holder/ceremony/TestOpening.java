package io.tamis.holder.ceremony;

import io.tamis.data.Hash;
import io.tamis.data.RandomSource;
import io.tamis.he.Aggregate;
import io.tamis.he.Alignment;
import io.tamis.he.Bfv;
import io.tamis.he.CipherHeader;
import io.tamis.he.CipherKind;
import io.tamis.he.CollectiveKey;
import io.tamis.he.Encoding;
import io.tamis.he.Encryptor;
import io.tamis.he.HeException;
import io.tamis.he.KeyEpoch;
import io.tamis.he.NoiseBounds;
import io.tamis.he.Tuple;
import io.tamis.he.ring.Sampler;
import io.tamis.he.ring.Seed;
import io.tamis.he.threshold.ActiveSet;
import io.tamis.he.threshold.Combiner;
import io.tamis.he.threshold.HolderIndex;
import io.tamis.he.threshold.OpenRequest;
import io.tamis.he.threshold.OpenedMax;
import io.tamis.he.threshold.Outputs;
import io.tamis.he.threshold.SecretShare;
import io.tamis.he.threshold.Share;
import io.tamis.he.threshold.ShareMaker;
import io.tamis.he.threshold.ZeroShares;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A ciphertext that nobody chose, of values all know, opened by every subset: seeded by the transcript with all shares in it,
 * so that no dealer can fit its shares to it. All n coefficients are compared; a share of another secret than the audited one
 * makes all of them uniform modulo t. Openings are flooded like any other and count towards the epoch's limit.
 */
final class TestOpening {
    private final Bfv scheme;
    private final Aggregate sum;
    private final long[] values;
    private final NoiseBounds bounds;

    /** The test of this key over the transcript after the shares. */
    TestOpening(CollectiveKey key, KeyEpoch epoch, Hash t7) {
        scheme = key.scheme();
        int n = scheme.params().n();
        var header = new CipherHeader(
                CipherKind.PUBLIC_KEY, scheme.params(), epoch, new Alignment(1, t7), 0, Encoding.TAGS, n);
        try (var plain = seed("values", t7);
                var slot = seed("c1", t7);
                var e0 = seed("e0", t7)) {
            values = new Sampler(scheme.ring(), plain)
                    .below("test", scheme.params().t() / 2)
                    .toArray();
            sum = Aggregate.sum(scheme, List.of(new Encryptor(key).encrypt(header, values, slot, e0)));
        }
        bounds = NoiseBounds.ofPlain(scheme.params(), key.contributors(), 1);
    }

    /** A holder's part by this set, packed. */
    byte[] partial(SecretShare share, ActiveSet set, RandomSource random) {
        int n = scheme.params().n();
        var request = new OpenRequest(set, Outputs.first(n), bounds, ZeroShares.nothingToHide());
        return scheme.pack(
                new ShareMaker(share, random).share(request, sum, new long[n]).h());
    }

    /** Whether the parts of this set's members open to the values. */
    boolean opens(ActiveSet set, Map<HolderIndex, byte[]> parts) {
        int n = scheme.params().n();
        try {
            var shares = new ArrayList<Share>();
            parts.forEach((holder, part) -> {
                HeException.accept(part.length == scheme.params().polynomialBytes());
                shares.add(new Share(holder, set, sum.hash(), scheme.unpack(part, 0)));
            });
            long[] opened = new Combiner(scheme)
                    .open(
                            sum,
                            set,
                            shares,
                            Outputs.first(n),
                            new OpenedMax(scheme.params().t() / 2));
            return Arrays.equals(opened, values);
        } catch (HeException garbage) {
            return false;
        }
    }

    private static Seed seed(String name, Hash t7) {
        return Seed.of(
                Tuple.of("tamis-ceremony-test-v1").text(name).hash(t7).sha256().bytes());
    }
}
