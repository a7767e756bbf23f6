package io.tamis.holder.ceremony;

import io.tamis.data.Hash;
import io.tamis.he.Bfv;
import io.tamis.he.HeException;
import io.tamis.he.Tuple;
import io.tamis.he.ring.Seed;
import io.tamis.he.threshold.HolderIndex;
import io.tamis.he.threshold.KeyCandidates;
import io.tamis.holder.Coins;
import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * Cut and choose on key candidates: a holder commits to {@code fold} of them, opens all but one, and everybody rebuilds the
 * root bit for bit. A candidate that is not {@code -a*s + e} of small s and e survives with probability 1/fold; without this
 * an s of 2^98 passes any test opening and later yields every sender's e1.
 *
 * <p>Root: SHA-256 of Tuple("root", h_0, .., h_fold-1), h_k = SHA-256 of Tuple("b", T2, index, k, bytes of b_k).
 */
final class Candidacy {
    private final Bfv scheme;
    private final Hash transcript;
    private final KeyCandidates candidates;
    private final int fold;

    /** Candidates over the transcript after the nonces, which is also the seed of the common a. */
    Candidacy(Bfv scheme, Hash transcript, int fold) {
        this.scheme = scheme;
        this.transcript = transcript;
        this.fold = fold;
        try (var common = Seed.of(transcript.bytes())) {
            candidates = new KeyCandidates(scheme, common);
        }
    }

    KeyCandidates candidates() {
        return candidates;
    }

    /** Bytes of the seeds of an opening. */
    int seedsBytes() {
        return (fold - 1) * Seed.LENGTH;
    }

    int survivor(Hash coin, HolderIndex holder) {
        return Coins.survivor(coin, holder.number(), fold);
    }

    /** The root over the candidates of these seeds. */
    Hash root(HolderIndex holder, IntFunction<Seed> seeds) {
        var tuple = Tuple.of("root");
        for (int k = 0; k < fold; k++) {
            try (var seed = seeds.apply(k)) {
                tuple.hash(hash(holder, k, candidates.b(seed)));
            }
        }
        return tuple.sha256();
    }

    /** Whether the seeds, ascending without the survivor's, and the survivor give this root. */
    boolean opens(HolderIndex holder, Hash root, Hash coin, byte[] seeds, byte[] key) {
        if (seeds.length != seedsBytes() || !isPolynomial(key)) {
            return false;
        }
        int survivor = survivor(coin, holder);
        var tuple = Tuple.of("root");
        int at = 0;
        for (int k = 0; k < fold; k++) {
            if (k == survivor) {
                tuple.hash(hash(holder, k, key));
                continue;
            }
            try (var seed = Seed.of(Arrays.copyOfRange(seeds, at, at + Seed.LENGTH))) {
                tuple.hash(hash(holder, k, candidates.b(seed)));
            }
            at += Seed.LENGTH;
        }
        return tuple.sha256().equals(root);
    }

    private boolean isPolynomial(byte[] key) {
        try {
            return key.length == candidates.length() && !scheme.unpack(key, 0).isZero();
        } catch (HeException notPacked) {
            return false;
        }
    }

    private Hash hash(HolderIndex holder, int k, byte[] b) {
        return Tuple.of("b")
                .hash(transcript)
                .number(holder.number())
                .number(k)
                .bytes(b)
                .sha256();
    }
}
