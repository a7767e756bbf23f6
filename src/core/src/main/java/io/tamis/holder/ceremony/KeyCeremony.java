package io.tamis.holder.ceremony;

import io.tamis.crypto.CryptoException;
import io.tamis.crypto.KeyName;
import io.tamis.crypto.KeyProvider;
import io.tamis.crypto.SecretBytes;
import io.tamis.data.Hash;
import io.tamis.data.PartyId;
import io.tamis.he.Bfv;
import io.tamis.he.CollectiveKey;
import io.tamis.he.HeException;
import io.tamis.he.threshold.SecretShare;
import io.tamis.he.threshold.Sharing;
import io.tamis.he.threshold.SubShare;
import io.tamis.holder.Blobs;
import io.tamis.holder.Coins;
import io.tamis.holder.SignedMessage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A holder's side of a ceremony (Mouchet et al., eprint 2020/304, with Shamir sharing over R_Q as in eprint 2022/780, and cut
 * and choose on the contributions). Pure: the board, the blobs and what the holder has said before go in, the next step comes
 * out; everything it says follows from its secret and the transcript, so a crash at any point loses nothing: the same step
 * gives the same message, to the letter.
 *
 * <p>A crash, or a server that turns back its board, must not make a holder answer twice: two coins for one set of candidates
 * would open the surviving one. So all draws are bound to the transcript, the caller stores each message before it posts it,
 * and a board that no longer fits what was stored is {@link Fault#BOARD_CHANGED}, for good.
 *
 * <p>Assumes ring-LWE, SHA-256, HMAC-SHA256 a PRF, HPKE, Ed25519. One honest holder makes the common polynomial and the coins
 * random. Covert security: a bad contribution survives with probability 1/4,096. NOT promised: a key when a party is silent;
 * secrecy of the key from the threshold's number of holders, who are its owners.
 */
public final class KeyCeremony {
    /** Key candidates of each holder. */
    public static final int FOLD = Coins.FOLD_MAX;

    private final Bfv scheme;
    private final CeremonyTerms terms;
    private final PartyId self;
    private final KeyProvider keys;
    private final SecretBytes secret;
    private final int fold;

    /**
     * A holder in a ceremony.
     *
     * @param scheme of the roster's profile and lambda
     * @param keys has {@link KeyName#HOLDER_SIGNING} and {@link KeyName#HOLDER_SEALING}
     * @param secret 32 fresh random bytes for this ceremony alone, stored durably before the first step and until the last;
     *     disclosed when a test fails. The caller closes it
     */
    public KeyCeremony(Bfv scheme, CeremonyTerms terms, PartyId self, KeyProvider keys, SecretBytes secret) {
        this(scheme, terms, self, keys, secret, FOLD);
    }

    KeyCeremony(Bfv scheme, CeremonyTerms terms, PartyId self, KeyProvider keys, SecretBytes secret, int fold) {
        terms.require(scheme.params());
        this.scheme = scheme;
        this.terms = terms;
        this.self = self;
        this.keys = keys;
        this.secret = secret;
        this.fold = fold;
    }

    /**
     * What to do next. Three steps take seconds: making candidates, checking those of others, the subsets.
     *
     * @param own every message of this ceremony the holder has stored
     */
    public Step next(Board board, Blobs blobs, List<SignedMessage> own) {
        var transcript = Transcript.read(terms, board);
        if (changed(transcript, own)) {
            return new Step.Aborted(Fault.BOARD_CHANGED, List.of());
        }
        var exhibits = new Exhibits(scheme, terms, transcript, blobs, fold);
        return switch (transcript.standing()) {
            case Standing.Aborted aborted -> aborted(transcript, blobs, aborted);
            case Standing.Closed closed -> finish(transcript, exhibits, closed);
            case Standing.Open open
            when !open.missing().contains(self) -> new Step.Waiting(open.stage(), open.missing());
            case Standing.Open open ->
                speak(open.stage(), transcript, exhibits)
                        .map(spoken -> post(open.stage(), transcript, spoken, own))
                        .orElseGet(() -> waiting(exhibits, open.stage()));
        };
    }

    /** A statement and the large parts it names. */
    private record Spoken(Statement statement, List<byte[]> parts) {
        static Spoken of(Statement statement) {
            return new Spoken(statement, List.of());
        }
    }

    private Step post(Stage stage, Transcript transcript, Spoken spoken, List<SignedMessage> own) {
        var message = terms.message(stage, self, spoken.statement().body(transcript.before(stage)));
        var stored = stored(stage, own);
        if (stored.isPresent() && !stored.get().hash().equals(message.hash())) {
            return new Step.Aborted(Fault.BOARD_CHANGED, List.of());
        }
        var blobs = new HashMap<Hash, byte[]>();
        spoken.parts().forEach(part -> blobs.put(Hash.sha256(part), part));
        return new Step.Post(stored.orElseGet(() -> message.signed(keys, KeyName.HOLDER_SIGNING)), blobs);
    }

    private static Step waiting(Exhibits exhibits, Stage stage) {
        var before = switch (stage) {
            case VERDICTS -> Stage.OPENINGS;
            case SUBSETS -> Stage.SHARES;
            case DONE -> Stage.SUBSETS;
            case COMMIT, REVEAL, CANDIDATES, COINS, OPENINGS, SHARES -> stage;
        };
        return new Step.Waiting(before, exhibits.withoutBlobs(before));
    }

    /** What this holder says in a step; empty while blobs of the step before are missing. */
    private Optional<Spoken> speak(Stage stage, Transcript transcript, Exhibits exhibits) {
        var me = new Contributor(terms, self, secret);
        return switch (stage) {
            case COMMIT -> {
                var t0 = transcript.before(Stage.COMMIT);
                yield said(new Statement.Commit(Coins.commitment("nonce", t0, me.index(), me.nonce(t0))));
            }
            case REVEAL -> said(new Statement.Reveal(me.nonce(transcript.before(Stage.COMMIT))));
            case CANDIDATES -> {
                var t2 = transcript.before(Stage.CANDIDATES);
                var root = exhibits.candidacy().root(me.index(), k -> me.candidate(t2, k));
                yield said(new Statement.Candidates(root, Coins.commitment("r", t2, me.index(), me.coin(t2))));
            }
            case COINS -> said(new Statement.Coin(me.coin(transcript.before(Stage.CANDIDATES))));
            case OPENINGS -> Optional.of(opening(me, transcript, exhibits));
            case VERDICTS -> verdict(exhibits);
            case SHARES -> Optional.of(shares(me, transcript, exhibits));
            case SUBSETS -> subsets(me, transcript, exhibits);
            case DONE -> done(exhibits);
        };
    }

    private static Optional<Spoken> said(Statement statement) {
        return Optional.of(Spoken.of(statement));
    }

    private Spoken opening(Contributor me, Transcript transcript, Exhibits exhibits) {
        var t2 = transcript.before(Stage.CANDIDATES);
        var candidacy = exhibits.candidacy();
        int survivor = candidacy.survivor(exhibits.coin(), me.index());
        byte[] seeds = me.seeds(t2, survivor, fold);
        byte[] key = me.key(candidacy, t2, survivor);
        return new Spoken(new Statement.Opening(Hash.sha256(seeds), Hash.sha256(key)), List.of(seeds, key));
    }

    private Optional<Spoken> verdict(Exhibits exhibits) {
        var candidacy = exhibits.candidacy();
        for (var party : terms.roster().holderParties()) {
            if (!party.equals(self)) {
                var opens = exhibits.opens(candidacy, party);
                if (opens.isEmpty()) {
                    return Optional.empty();
                }
                if (!opens.get()) {
                    return said(new Statement.Verdict(Optional.of(party)));
                }
            }
        }
        return said(new Statement.Verdict(Optional.empty()));
    }

    private Spoken shares(Contributor me, Transcript transcript, Exhibits exhibits) {
        var dealt = deal(me, transcript, exhibits);
        var sealed = me.seal(dealt, transcript.before(Stage.SHARES));
        dealt.forEach(SubShare::close);
        var named = new ArrayList<Statement.Sealed>();
        sealed.forEach((party, blob) -> named.add(new Statement.Sealed(party, Hash.sha256(blob))));
        return new Spoken(new Statement.Shares(named), List.copyOf(sealed.values()));
    }

    private List<SubShare> deal(Contributor me, Transcript transcript, Exhibits exhibits) {
        var candidacy = exhibits.candidacy();
        return me.deal(
                candidacy,
                transcript.before(Stage.CANDIDATES),
                candidacy.survivor(exhibits.coin(), me.index()),
                transcript.before(Stage.SHARES));
    }

    private Optional<Spoken> subsets(Contributor me, Transcript transcript, Exhibits exhibits) {
        var key = exhibits.key();
        if (key.isEmpty() || !exhibits.withoutBlobs(Stage.SHARES).isEmpty()) {
            return Optional.empty();
        }
        var received = receive(me, transcript, exhibits);
        try {
            var unreadable = terms.roster().holderParties().stream()
                    .filter(party -> !received.containsKey(party))
                    .toList();
            return Optional.of(
                    unreadable.isEmpty()
                            ? partials(me, transcript, exhibits.test(key.get()), received)
                            : Spoken.of(new Statement.Unreadable(unreadable)));
        } finally {
            received.values().forEach(SubShare::close);
        }
    }

    private Spoken partials(Contributor me, Transcript transcript, TestOpening test, Map<PartyId, SubShare> received) {
        var roster = terms.roster();
        var parts = new ArrayList<byte[]>();
        var named = new ArrayList<Statement.Partial>();
        try (var share = combine(me, received)) {
            for (var set : Subsets.with(me.index(), roster.holders().size(), roster.threshold())) {
                byte[] part = me.partial(test, share, set, transcript.before(Stage.SUBSETS));
                parts.add(part);
                named.add(new Statement.Partial(set, Hash.sha256(part)));
            }
        }
        return new Spoken(new Statement.Partials(named), parts);
    }

    /** The shares of all who sent a readable one, and this holder's own; the caller closes them. */
    private Map<PartyId, SubShare> receive(Contributor me, Transcript transcript, Exhibits exhibits) {
        var received = new HashMap<PartyId, SubShare>();
        var dealt = deal(me, transcript, exhibits);
        for (int j = 0; j < dealt.size(); j++) {
            if (j + 1 == me.index().number()) {
                received.put(self, dealt.get(j));
            } else {
                dealt.get(j).close();
            }
        }
        for (var party : terms.roster().holderParties()) {
            if (!party.equals(self)) {
                var blob = exhibits.sealedShare(party, self).orElseThrow();
                unseal(me, transcript, party, blob).ifPresent(share -> received.put(party, share));
            }
        }
        return received;
    }

    private Optional<SubShare> unseal(Contributor me, Transcript transcript, PartyId from, byte[] blob) {
        var place = Contributor.place(transcript.before(Stage.SHARES), terms.index(from), me.index());
        byte[] plain = {};
        try {
            plain = keys.unseal(KeyName.HOLDER_SEALING, place, blob);
            return Optional.of(SubShare.read(scheme, me.index(), plain));
        } catch (CryptoException | HeException unreadable) {
            return Optional.empty();
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    private SecretShare combine(Contributor me, Map<PartyId, SubShare> received) {
        var roster = terms.roster();
        var inOrder = roster.holderParties().stream().map(received::get).toList();
        return SecretShare.combine(
                Sharing.shamir(roster.threshold(), roster.holders().size()), me.index(), inOrder);
    }

    private Optional<Spoken> done(Exhibits exhibits) {
        var key = exhibits.key();
        return key.flatMap(exhibits::subsetsOpen).map(opens -> Spoken.of(statement(opens, key.get())));
    }

    private Statement statement(boolean opens, CollectiveKey key) {
        if (opens) {
            return new Statement.Done(key.hash());
        }
        byte[] disclosed = secret.reveal();
        return new Statement.Disclosed(Hash.of(disclosed));
    }

    private Step aborted(Transcript transcript, Blobs blobs, Standing.Aborted aborted) {
        return switch (new CeremonyAudit(scheme, terms, fold).broken(transcript, blobs, aborted)) {
            case CeremonyAudit.Finding.Broken(var fault, var parties) -> new Step.Aborted(fault, parties);
            case CeremonyAudit.Finding.Unfinished(var stage, var missing) -> new Step.Waiting(stage, missing);
            case CeremonyAudit.Finding.Made ignored -> throw new IllegalStateException("broken and made");
        };
    }

    /** This holder signed the key among all, so it has checked everything else before. */
    private Step finish(Transcript transcript, Exhibits exhibits, Standing.Closed closed) {
        var key = exhibits.key();
        if (key.isEmpty()) {
            return new Step.Waiting(Stage.OPENINGS, exhibits.withoutBlobs(Stage.OPENINGS));
        }
        if (!exhibits.withoutBlobs(Stage.SHARES).isEmpty()) {
            return new Step.Waiting(Stage.SHARES, exhibits.withoutBlobs(Stage.SHARES));
        }
        if (!key.get().hash().equals(closed.key())) {
            return new Step.Aborted(Fault.WRONG_KEY, List.of());
        }
        var me = new Contributor(terms, self, secret);
        var received = receive(me, transcript, exhibits);
        try {
            return new Step.Finished(key.get(), combine(me, received));
        } finally {
            received.values().forEach(SubShare::close);
        }
    }

    private static Optional<SignedMessage> stored(Stage stage, List<SignedMessage> own) {
        return own.stream()
                .filter(message -> message.message().type().equals(stage.type()))
                .findFirst();
    }

    /** Whether the board shows other words of this holder than it has stored, or what it answered is gone. */
    private boolean changed(Transcript transcript, List<SignedMessage> own) {
        for (var stage : Stage.values()) {
            var stored = stored(stage, own);
            var shown = transcript.message(stage, self);
            if (shown.isPresent() && !shown.equals(stored)) {
                return true;
            }
            boolean due = transcript.standing() instanceof Standing.Open open && open.stage() == stage;
            if (stored.isPresent() && shown.isEmpty() && !due) {
                return true;
            }
        }
        return false;
    }
}
