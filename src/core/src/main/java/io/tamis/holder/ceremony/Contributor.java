package io.tamis.holder.ceremony;

import io.tamis.crypto.Hpke;
import io.tamis.crypto.SecretBytes;
import io.tamis.data.Hash;
import io.tamis.data.PartyId;
import io.tamis.he.Tuple;
import io.tamis.he.ring.Seed;
import io.tamis.he.threshold.ActiveSet;
import io.tamis.he.threshold.HolderIndex;
import io.tamis.he.threshold.SecretShare;
import io.tamis.he.threshold.SubShare;
import io.tamis.holder.Roster;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All a holder draws and computes from its secret of one ceremony. Every draw is bound to the transcript it answers, so that a
 * board that shows another one gets nothing that belongs together.
 */
final class Contributor {
    private static final String SEALED = "tamis-key-share-v1";

    private final CeremonyTerms terms;
    private final HolderIndex index;
    private final SecretBytes secret;

    Contributor(CeremonyTerms terms, PartyId party, SecretBytes secret) {
        this.terms = terms;
        this.index = terms.index(party);
        this.secret = secret;
    }

    HolderIndex index() {
        return index;
    }

    Hash nonce(Hash t0) {
        return Derived.published(secret, purpose("nonce", t0).sha256());
    }

    Hash coin(Hash t2) {
        return Derived.published(secret, purpose("coin", t2).sha256());
    }

    Seed candidate(Hash t2, int k) {
        return Derived.seed(secret, purpose("candidate", t2).number(k).sha256());
    }

    /** The seeds of all candidates but the survivor, ascending. */
    byte[] seeds(Hash t2, int survivor, int fold) {
        var seeds = ByteBuffer.allocate((fold - 1) * Seed.LENGTH);
        for (int k = 0; k < fold; k++) {
            if (k != survivor) {
                try (var seed = candidate(t2, k)) {
                    seeds.put(seed.reveal());
                }
            }
        }
        return seeds.array();
    }

    /** The surviving candidate. */
    byte[] key(Candidacy candidacy, Hash t2, int survivor) {
        try (var seed = candidate(t2, survivor)) {
            return candidacy.candidates().b(seed);
        }
    }

    /** Shamir shares of the surviving candidate's secret, one a holder, in the order of the indices; the caller closes them. */
    List<SubShare> deal(Candidacy candidacy, Hash t2, int survivor, Hash t6) {
        try (var seed = candidate(t2, survivor);
                var contribution = candidacy.candidates().secret(seed)) {
            var roster = terms.roster();
            return contribution.deal(
                    roster.threshold(),
                    roster.holders().size(),
                    new Derived(secret, purpose("shamir", t6).sha256()));
        }
    }

    /** The shares of all others, sealed to them. */
    SortedMap<PartyId, byte[]> seal(List<SubShare> dealt, Hash t6) {
        var sealed = new TreeMap<PartyId, byte[]>();
        for (int j = 0; j < dealt.size(); j++) {
            var recipient = terms.roster().holders().get(j);
            if (j + 1 != index.number()) {
                sealed.put(recipient.party(), seal(dealt.get(j), recipient, t6));
            }
        }
        return sealed;
    }

    private byte[] seal(SubShare share, Roster.Holder recipient, Hash t6) {
        byte[] plain = share.reveal();
        try {
            var random = new Derived(
                    secret,
                    purpose("seal", t6).number(share.recipient().number()).sha256());
            return Hpke.seal(recipient.sealKey().bytes(), place(t6, index, share.recipient()), plain, random);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    /** The place of {@code f_i(j)}: additional data is the hash of Tuple("share", T6, i, j). */
    static Hpke.Place place(Hash t6, HolderIndex from, HolderIndex to) {
        return new Hpke.Place(
                SEALED,
                Tuple.of("share")
                        .hash(t6)
                        .number(from.number())
                        .number(to.number())
                        .sha256()
                        .bytes());
    }

    /** What this holder adds to the test opening by this set, packed. */
    byte[] partial(TestOpening test, SecretShare share, ActiveSet set, Hash t7) {
        var tuple = purpose("flood", t7);
        set.members().forEach(member -> tuple.number(member.number()));
        return test.partial(share, set, new Derived(secret, tuple.sha256()));
    }

    private Tuple purpose(String name, Hash transcript) {
        return Tuple.of("tamis-ceremony-draw-v1").text(name).hash(transcript).number(index.number());
    }
}
