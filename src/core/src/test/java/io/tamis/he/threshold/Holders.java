package io.tamis.he.threshold;

import io.tamis.data.PredictableRandom;
import io.tamis.he.Bfv;
import io.tamis.he.CollectiveKey;
import io.tamis.he.Schemes;
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

    /** Holder i's own share of the key. */
    public SecretShare share(int i) {
        return shares.get(i - 1);
    }
}
