package io.tamis.cli.soak.he;

import io.tamis.data.Hash;
import io.tamis.data.RandomSource;
import io.tamis.he.Aggregate;
import io.tamis.he.Alignment;
import io.tamis.he.Bfv;
import io.tamis.he.CipherHeader;
import io.tamis.he.CipherKind;
import io.tamis.he.Ciphertext;
import io.tamis.he.CollectiveKey;
import io.tamis.he.Encoding;
import io.tamis.he.Encryptor;
import io.tamis.he.HeParams;
import io.tamis.he.KeyEpoch;
import io.tamis.he.NoiseBounds;
import io.tamis.he.SingleKey;
import io.tamis.he.ring.Seed;
import io.tamis.he.threshold.ActiveSet;
import io.tamis.he.threshold.Combiner;
import io.tamis.he.threshold.HolderIndex;
import io.tamis.he.threshold.KeyCandidates;
import io.tamis.he.threshold.OpenRequest;
import io.tamis.he.threshold.OpenedMax;
import io.tamis.he.threshold.Outputs;
import io.tamis.he.threshold.SecretShare;
import io.tamis.he.threshold.Share;
import io.tamis.he.threshold.ShareFile;
import io.tamis.he.threshold.ShareHeader;
import io.tamis.he.threshold.ShareMaker;
import io.tamis.he.threshold.ZeroShares;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A key of two holders, ciphertexts and shares of it, all from one seed, and the readers they go through. */
final class Scene {
    /** What the aggregates open to, and how far an opened value may be from zero: beyond it a wrong share is seen. */
    private static final long VALUE = 40;

    private static final OpenedMax OPENED_MAX = new OpenedMax(64);
    private static final ActiveSet BOTH = ActiveSet.of(1, 2);
    private static final int SHARES = 2;

    private final Bfv scheme;
    private final RandomSource random;
    private final CollectiveKey key;
    private final List<SecretShare> secrets = new ArrayList<>();
    private final Ciphertext ciphertext;
    private final Ciphertext seeded;
    private final List<Aggregate> aggregates;
    private final ShareFile first;
    private final ShareFile second;

    Scene(HeParams params, long seed) {
        scheme = Bfv.of(params);
        random = new SplittableRandom(seed)::nextBytes;
        var common = Seed.random(random);
        var candidates = new KeyCandidates(scheme, common);
        var contributions = new ArrayList<byte[]>();
        for (int i = 1; i <= 2; i++) {
            var own = Seed.random(random);
            contributions.add(candidates.b(own));
            secrets.add(candidates.secret(own).asShare(new HolderIndex(i), 2));
        }
        key = CollectiveKey.of(scheme, common, contributions);
        ciphertext = encrypted(0);
        seeded = seeded();
        aggregates = List.of(Aggregate.sum(scheme, List.of(ciphertext)), Aggregate.sum(scheme, List.of(encrypted(1))));
        first = answer(1);
        second = answer(2);
    }

    private Ciphertext encrypted(int slot) {
        var header = header(CipherKind.PUBLIC_KEY, slot);
        return new Encryptor(key).encrypt(header, new long[] {VALUE}, Seed.random(random), Seed.random(random));
    }

    private Ciphertext seeded() {
        try (var single = SingleKey.of(scheme, Seed.random(random))) {
            return single.encrypt(
                    header(CipherKind.SEEDED, 2), new long[] {VALUE}, Seed.random(random), Seed.random(random));
        }
    }

    private CipherHeader header(CipherKind kind, int slot) {
        var alignment = new Alignment(1, Hash.sha256());
        return new CipherHeader(kind, scheme.params(), new KeyEpoch(1), alignment, slot, Encoding.TAGS, 1);
    }

    private ShareFile answer(int holder) {
        var request = new OpenRequest(
                BOTH, Outputs.FIRST, NoiseBounds.ofPlain(scheme.params(), 2, 1), ZeroShares.nothingToHide());
        var maker = new ShareMaker(secrets.get(holder - 1), random);
        var shares = aggregates.stream()
                .map(aggregate -> maker.share(request, aggregate, new long[1]))
                .toList();
        var header = new ShareHeader(new KeyEpoch(1), Hash.sha256(), new HolderIndex(holder), BOTH, SHARES);
        return new ShareFile(header, shares);
    }

    /** Bytes the door takes. */
    byte[] wellFormed(Door door) {
        return switch (door) {
            case CIPHERTEXT -> ciphertext.bytes();
            case SEEDED -> seeded.bytes();
            case KEY -> key.bytes();
            case SHARES, OPENING -> second.bytes(scheme);
        };
    }

    /** Where the door's first packed polynomial begins. */
    int polynomialAt(Door door) {
        int polynomial = scheme.params().polynomialBytes();
        return switch (door) {
            case CIPHERTEXT -> CipherHeader.LENGTH;
            case SEEDED -> CipherHeader.LENGTH + Seed.LENGTH;
            case KEY -> CollectiveKey.length(scheme.params()) - polynomial;
            case SHARES, OPENING -> ShareHeader.LENGTH + Hash.LENGTH;
        };
    }

    HeParams params() {
        return scheme.params();
    }

    /** What the door makes of bytes: written again, they have to be the same. An opening also has to be right. */
    byte[] read(Door door, byte[] bytes) {
        return switch (door) {
            case CIPHERTEXT, SEEDED -> Ciphertext.read(scheme, bytes).bytes();
            case KEY -> CollectiveKey.read(scheme, bytes).bytes();
            case SHARES -> ShareFile.read(scheme, SHARES, bytes).bytes(scheme);
            case OPENING -> {
                var read = ShareFile.read(scheme, SHARES, bytes);
                for (int i = 0; i < SHARES; i++) {
                    if (opened(first.shares().get(i), read.shares().get(i), i) != VALUE) {
                        throw new IllegalStateException("a damaged share opened another value");
                    }
                }
                yield bytes;
            }
        };
    }

    /** Reads without writing again: what a server does with an upload. */
    void parse(Door door, byte[] bytes) {
        switch (door) {
            case CIPHERTEXT, SEEDED -> Ciphertext.read(scheme, bytes);
            case KEY -> CollectiveKey.read(scheme, bytes);
            case SHARES, OPENING -> ShareFile.read(scheme, SHARES, bytes);
        }
    }

    /** Opens aggregate i by two shares. */
    long opened(Share one, Share other, int i) {
        return new Combiner(scheme).open(aggregates.get(i), BOTH, List.of(one, other), Outputs.FIRST, OPENED_MAX)[0];
    }

    Share share(int holder, int i) {
        return (holder == 1 ? first : second).shares().get(i);
    }

    /** The share with another polynomial: what a bit flip makes of it when it stays well formed. */
    Share wrong(int i) {
        var right = second.shares().get(i);
        return new Share(
                right.holder(),
                right.active(),
                right.aggregate(),
                right.h().copy().add(first.shares().get(i).h()));
    }

    /** The share under the name of the other set of the same holders' key. */
    Share ofAnotherSet(int i) {
        var right = second.shares().get(i);
        return new Share(right.holder(), ActiveSet.of(2, 3), right.aggregate(), right.h());
    }
}
