package io.tamis.he.threshold;

import io.tamis.data.Hash;
import io.tamis.data.PredictableRandom;
import io.tamis.he.Aggregate;
import io.tamis.he.Bfv;
import io.tamis.he.CollectiveKey;
import io.tamis.he.NoiseBounds;
import io.tamis.he.Schemes;
import io.tamis.he.ring.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** All holders of a key in one place, which is what a threshold key is to prevent: for tests. */
public record Holders(CollectiveKey key, List<SecretShare> shares) {
    /** n-of-n without Shamir. */
    public static Holders additive(Bfv scheme, int holders) {
        var candidates = new KeyCandidates(scheme, Schemes.seed(1));
        var secrets = IntStream.rangeClosed(1, holders)
                .mapToObj(i -> candidates.secret(Schemes.seed(100 + i)).asShare(new HolderIndex(i), holders))
                .toList();
        return new Holders(key(scheme, holders), secrets);
    }

    /** Any threshold of the holders. */
    public static Holders shamir(Bfv scheme, int threshold, int holders) {
        var candidates = new KeyCandidates(scheme, Schemes.seed(1));
        var random = new PredictableRandom(5);
        var dealt = IntStream.rangeClosed(1, holders)
                .mapToObj(i -> candidates.secret(Schemes.seed(100 + i)).deal(threshold, holders, random))
                .toList();
        var shares = new ArrayList<SecretShare>();
        for (int j = 1; j <= holders; j++) {
            int index = j - 1;
            shares.add(SecretShare.combine(
                    Sharing.shamir(threshold, holders),
                    new HolderIndex(j),
                    dealt.stream().map(parts -> parts.get(index)).toList()));
        }
        return new Holders(key(scheme, holders), List.copyOf(shares));
    }

    private static CollectiveKey key(Bfv scheme, int holders) {
        var candidates = new KeyCandidates(scheme, Schemes.seed(1));
        return CollectiveKey.of(
                scheme,
                Schemes.seed(1),
                IntStream.rangeClosed(1, holders)
                        .mapToObj(i -> candidates.b(Schemes.seed(100 + i)))
                        .toList());
    }

    /** Coefficient 0 of an aggregate, opened by all without noise. */
    public long openFirst(Aggregate sum) {
        return open(sum, ActiveSet.of(everybody()), Outputs.FIRST, new long[1])[0];
    }

    /** The outputs of an aggregate, opened by a set of which each holder adds the same noise. */
    public long[] open(Aggregate sum, ActiveSet active, Outputs outputs, long[] noise) {
        var combiner = new Combiner(key.scheme());
        var shares = shares(sum, active, outputs, noise);
        return combiner.open(sum, active, shares, outputs, new OpenedMax(Long.MAX_VALUE));
    }

    /** The shares of a set. */
    public List<Share> shares(Aggregate sum, ActiveSet active, Outputs outputs, long[] noise) {
        var request = request(sum, active, outputs);
        return active.members().stream()
                .map(i ->
                        new ShareMaker(share(i.number()), new PredictableRandom(i.number())).share(request, sum, noise))
                .toList();
    }

    /** What each holder of the set has checked. */
    public OpenRequest request(Aggregate sum, ActiveSet active, Outputs outputs) {
        var bounds = NoiseBounds.ofMasked(key.scheme().params(), key.contributors(), sum.summed());
        return new OpenRequest(active, outputs, bounds, ZeroShares.of(Holders::pairSeed));
    }

    /** What two holders have in common, in tests. */
    private static Seed pairSeed(HolderIndex one, HolderIndex other) {
        int low = Math.min(one.number(), other.number());
        int high = Math.max(one.number(), other.number());
        return Seed.of(Hash.sha256(new byte[] {(byte) low, (byte) high}).bytes());
    }

    private int[] everybody() {
        return IntStream.rangeClosed(1, shares.size()).toArray();
    }

    /** Holder i's own share of the key. */
    public SecretShare share(int i) {
        return shares.get(i - 1);
    }
}
