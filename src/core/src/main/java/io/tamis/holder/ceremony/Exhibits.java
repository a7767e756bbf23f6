package io.tamis.holder.ceremony;

import io.tamis.data.Hash;
import io.tamis.data.PartyId;
import io.tamis.he.Bfv;
import io.tamis.he.CollectiveKey;
import io.tamis.he.ring.Seed;
import io.tamis.he.threshold.ActiveSet;
import io.tamis.he.threshold.HolderIndex;
import io.tamis.holder.Blobs;
import io.tamis.holder.Coins;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a transcript's messages name, looked at. Whoever has board and blobs sees the same; an Optional is empty for want of one. */
final class Exhibits {
    private final Bfv scheme;
    private final CeremonyTerms terms;
    private final Transcript transcript;
    private final Blobs blobs;
    private final int fold;

    Exhibits(Bfv scheme, CeremonyTerms terms, Transcript transcript, Blobs blobs, int fold) {
        this.scheme = scheme;
        this.terms = terms;
        this.transcript = transcript;
        this.blobs = blobs;
        this.fold = fold;
    }

    /** The candidates; the nonces must be revealed. */
    Candidacy candidacy() {
        return new Candidacy(scheme, transcript.before(Stage.CANDIDATES), fold);
    }

    /** The coin tossed together; the coins must be revealed. */
    Hash coin() {
        return Coins.together(
                transcript.before(Stage.COINS),
                transcript.said(Stage.COINS, Statement.Coin.class).values().stream()
                        .map(Statement.Coin::coin)
                        .toList());
    }

    /** Whether this party's opening is right. Costs all candidates but one. */
    Optional<Boolean> opens(Candidacy candidacy, PartyId party) {
        var opening = transcript.said(Stage.OPENINGS, Statement.Opening.class).get(party);
        var seeds = blobs.checked(opening.seeds());
        var key = blobs.checked(opening.key());
        if (seeds.isEmpty() || key.isEmpty()) {
            return Optional.empty();
        }
        var root = transcript
                .said(Stage.CANDIDATES, Statement.Candidates.class)
                .get(party)
                .root();
        return Optional.of(candidacy.opens(terms.index(party), root, coin(), seeds.get(), key.get()));
    }

    /** The sum of the surviving candidates; the openings must have been found right. */
    Optional<CollectiveKey> key() {
        var keys = new ArrayList<byte[]>();
        for (var opening :
                transcript.said(Stage.OPENINGS, Statement.Opening.class).values()) {
            var key = blobs.checked(opening.key());
            if (key.isEmpty()) {
                return Optional.empty();
            }
            keys.add(key.get());
        }
        try (var common = Seed.of(transcript.before(Stage.CANDIDATES).bytes())) {
            return Optional.of(CollectiveKey.of(scheme, common, keys));
        }
    }

    /** The sealed share of one to another. */
    Optional<byte[]> sealedShare(PartyId from, PartyId to) {
        return transcript.said(Stage.SHARES, Statement.Shares.class).get(from).shares().stream()
                .filter(share -> share.to().equals(to))
                .findFirst()
                .flatMap(share -> blobs.checked(share.blob()));
    }

    TestOpening test(CollectiveKey key) {
        return new TestOpening(key, terms.epoch(), transcript.before(Stage.SUBSETS));
    }

    /** Whether every share was readable and every subset opens the test. */
    Optional<Boolean> subsetsOpen(CollectiveKey key) {
        if (!transcript.said(Stage.SUBSETS, Statement.Unreadable.class).isEmpty()) {
            return Optional.of(false);
        }
        var parts = new LinkedHashMap<ActiveSet, Map<HolderIndex, byte[]>>();
        for (var entry :
                transcript.said(Stage.SUBSETS, Statement.Partials.class).entrySet()) {
            for (var partial : entry.getValue().partials()) {
                var bytes = blobs.checked(partial.blob());
                if (bytes.isEmpty()) {
                    return Optional.empty();
                }
                parts.computeIfAbsent(partial.set(), set -> new TreeMap<>())
                        .put(terms.index(entry.getKey()), bytes.get());
            }
        }
        var test = test(key);
        return Optional.of(parts.entrySet().stream().allMatch(entry -> test.opens(entry.getKey(), entry.getValue())));
    }

    /** Those whose blobs of this step are missing. */
    List<PartyId> withoutBlobs(Stage stage) {
        return terms.roster().holderParties().stream()
                .filter(party -> !blobsOf(stage, party).stream()
                        .allMatch(blob -> blobs.checked(blob).isPresent()))
                .toList();
    }

    private List<Hash> blobsOf(Stage stage, PartyId party) {
        return switch (stage) {
            case OPENINGS -> {
                var opening = transcript.said(stage, Statement.Opening.class).get(party);
                yield List.of(opening.seeds(), opening.key());
            }
            case SHARES ->
                transcript.said(stage, Statement.Shares.class).get(party).shares().stream()
                        .map(Statement.Sealed::blob)
                        .toList();
            case SUBSETS -> {
                var partials = transcript.said(stage, Statement.Partials.class).get(party);
                yield partials == null
                        ? List.of()
                        : partials.partials().stream()
                                .map(Statement.Partial::blob)
                                .toList();
            }
            case COMMIT, REVEAL, CANDIDATES, COINS, VERDICTS, DONE -> List.of();
        };
    }
}
