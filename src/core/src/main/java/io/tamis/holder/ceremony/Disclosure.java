package io.tamis.holder.ceremony;

import io.tamis.crypto.SecretBytes;
import io.tamis.data.Hash;
import io.tamis.data.PartyId;
import io.tamis.he.CollectiveKey;
import io.tamis.he.threshold.SecretShare;
import io.tamis.he.threshold.Sharing;
import io.tamis.he.threshold.SubShare;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds who spoiled a test. Garbage in a subset says that somebody dealt or answered wrongly, not who; so the holders, in place
 * of signing the key, disclose their secrets of the ceremony, and everything each has said is computed again, bit for bit. The
 * key is worthless by then: nothing was ever encrypted under it, and it needs the signature of every holder to be used.
 */
final class Disclosure {
    private final CeremonyTerms terms;
    private final Transcript transcript;
    private final Exhibits exhibits;

    Disclosure(CeremonyTerms terms, Transcript transcript, Exhibits exhibits) {
        this.terms = terms;
        this.transcript = transcript;
        this.exhibits = exhibits;
    }

    CeremonyAudit.Finding judge() {
        var key = exhibits.key();
        var opens = key.flatMap(exhibits::subsetsOpen);
        if (opens.isEmpty()) {
            var stage = key.isEmpty() ? Stage.OPENINGS : Stage.SUBSETS;
            return new CeremonyAudit.Finding.Unfinished(stage, exhibits.withoutBlobs(stage));
        }
        var stated = transcript.said(Stage.DONE, Statement.Done.class);
        var disclosed = transcript.said(Stage.DONE, Statement.Disclosed.class);
        if (opens.get()) {
            var wrong = new TreeSet<>(disclosed.keySet());
            stated.forEach((party, done) -> {
                if (!done.key().equals(key.get().hash())) {
                    wrong.add(party);
                }
            });
            return broken(Fault.WRONG_KEY, wrong);
        }
        if (!stated.isEmpty()) {
            return broken(Fault.WRONG_KEY, stated.keySet());
        }
        return culprits(key.get(), disclosed);
    }

    private CeremonyAudit.Finding culprits(CollectiveKey key, Map<PartyId, Statement.Disclosed> disclosed) {
        var secrets = new TreeMap<PartyId, SecretBytes>();
        disclosed.forEach((party, secret) ->
                secrets.put(party, SecretBytes.copyOf(secret.secret().bytes())));
        var dealt = new HashMap<PartyId, List<SubShare>>();
        var wrong = new TreeSet<PartyId>();
        secrets.forEach((party, secret) -> {
            var contributor = new Contributor(terms, party, secret);
            dealt.put(party, deal(contributor));
            if (!drewRightly(contributor, party) || !sealedRightly(contributor, party, dealt.get(party))) {
                wrong.add(party);
            }
        });
        if (wrong.isEmpty()) {
            secrets.forEach((party, secret) -> {
                if (!answeredRightly(new Contributor(terms, party, secret), party, key, dealt)) {
                    wrong.add(party);
                }
            });
        }
        dealt.values().forEach(shares -> shares.forEach(SubShare::close));
        secrets.values().forEach(SecretBytes::close);
        return broken(Fault.WRONG_SHARES, wrong);
    }

    private List<SubShare> deal(Contributor contributor) {
        var candidacy = exhibits.candidacy();
        int survivor = candidacy.survivor(exhibits.coin(), contributor.index());
        return contributor.deal(
                candidacy, transcript.before(Stage.CANDIDATES), survivor, transcript.before(Stage.SHARES));
    }

    /** Whether nonce, coin and surviving candidate follow from the secret. */
    private boolean drewRightly(Contributor contributor, PartyId party) {
        var t2 = transcript.before(Stage.CANDIDATES);
        var candidacy = exhibits.candidacy();
        int survivor = candidacy.survivor(exhibits.coin(), contributor.index());
        var opening = transcript.said(Stage.OPENINGS, Statement.Opening.class).get(party);
        return transcript
                        .said(Stage.REVEAL, Statement.Reveal.class)
                        .get(party)
                        .nonce()
                        .equals(contributor.nonce(transcript.before(Stage.COMMIT)))
                && transcript
                        .said(Stage.COINS, Statement.Coin.class)
                        .get(party)
                        .coin()
                        .equals(contributor.coin(t2))
                && opening.key().equals(Hash.sha256(contributor.key(candidacy, t2, survivor)));
    }

    private boolean sealedRightly(Contributor contributor, PartyId party, List<SubShare> dealt) {
        var right = contributor.seal(dealt, transcript.before(Stage.SHARES));
        return transcript.said(Stage.SHARES, Statement.Shares.class).get(party).shares().stream()
                .allMatch(share -> share.blob().equals(Hash.sha256(right.get(share.to()))));
    }

    /** All shares are right: nobody had reason to call one unreadable, and each partial opening can be computed. */
    private boolean answeredRightly(
            Contributor contributor, PartyId party, CollectiveKey key, Map<PartyId, List<SubShare>> dealt) {
        var partials = Optional.ofNullable(
                transcript.said(Stage.SUBSETS, Statement.Partials.class).get(party));
        if (partials.isEmpty()) {
            return false;
        }
        var mine = new ArrayList<SubShare>();
        terms.roster()
                .holderParties()
                .forEach(dealer ->
                        mine.add(dealt.get(dealer).get(contributor.index().number() - 1)));
        var sharing = Sharing.shamir(
                terms.roster().threshold(), terms.roster().holders().size());
        var t7 = transcript.before(Stage.SUBSETS);
        var test = exhibits.test(key);
        try (var share = SecretShare.combine(sharing, contributor.index(), mine)) {
            return partials.get().partials().stream()
                    .allMatch(partial ->
                            partial.blob().equals(Hash.sha256(contributor.partial(test, share, partial.set(), t7))));
        }
    }

    private static CeremonyAudit.Finding broken(Fault fault, Collection<PartyId> parties) {
        return new CeremonyAudit.Finding.Broken(fault, List.copyOf(parties));
    }
}
