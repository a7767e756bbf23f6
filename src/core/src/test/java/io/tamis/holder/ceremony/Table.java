package io.tamis.holder.ceremony;

import io.tamis.crypto.KeyName;
import io.tamis.crypto.SecretBytes;
import io.tamis.data.Hash;
import io.tamis.data.PartyId;
import io.tamis.data.PredictableRandom;
import io.tamis.he.Bfv;
import io.tamis.he.KeyEpoch;
import io.tamis.holder.Blobs;
import io.tamis.holder.Rosters;
import io.tamis.holder.SignedMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Holders around a board, in one process, until nobody has anything more to say. One of them may cheat: what it would honestly
 * post is given to a cheat, which says something else under the same signature.
 */
final class Table {
    private static final int ROUNDS_MAX = 40;

    final Bfv scheme;
    final CeremonyTerms terms;
    final int fold;
    final Map<Hash, byte[]> blobs = new HashMap<>();
    final List<SignedMessage> board = new ArrayList<>();
    final Map<PartyId, List<SignedMessage>> own = new HashMap<>();
    final Set<PartyId> late = new HashSet<>();
    private final Map<PartyId, SecretBytes> secrets = new HashMap<>();
    private final Map<PartyId, Cheat> cheats = new HashMap<>();

    /** What a cheat says in place of what it should; empty when it says nothing. */
    interface Cheat {
        Optional<Step.Post> instead(Stage stage, Step.Post honest);
    }

    Table(Bfv scheme, int threshold, int holders, int fold) {
        this(scheme, threshold, holders, fold, 0);
    }

    /** With secrets of this number. */
    Table(Bfv scheme, int threshold, int holders, int fold, int secret) {
        this.scheme = scheme;
        this.fold = fold;
        terms = new CeremonyTerms(
                CeremonyId.parse("kc_0190163d-8694-739b-aea5-966c26f8ad91"),
                new KeyEpoch(1),
                Rosters.of(threshold, holders, scheme.params().profile()));
        for (var party : terms.roster().holderParties()) {
            own.put(party, new ArrayList<>());
            secrets.put(
                    party,
                    SecretBytes.random(32, new PredictableRandom(party.value().hashCode() * 31L + secret)));
        }
    }

    Table with(PartyId party, Cheat cheat) {
        cheats.put(party, cheat);
        return this;
    }

    KeyCeremony ceremony(PartyId party) {
        return new KeyCeremony(scheme, terms, party, Rosters.keys(party), secrets.get(party), fold);
    }

    Contributor contributor(PartyId party) {
        return new Contributor(terms, party, secrets.get(party));
    }

    Board shown() {
        return new Board(board, late);
    }

    Transcript transcript() {
        return Transcript.read(terms, shown());
    }

    Exhibits exhibits() {
        return new Exhibits(scheme, terms, transcript(), store(), fold);
    }

    Blobs store() {
        return hash -> Optional.ofNullable(blobs.get(hash));
    }

    CeremonyAudit.Finding audit() {
        return new CeremonyAudit(scheme, terms, fold).audit(shown(), store());
    }

    /** This statement in this party's words, on the transcript as it is. */
    SignedMessage signed(Stage stage, PartyId party, Statement statement) {
        return terms.message(stage, party, statement.body(transcript().before(stage)))
                .signed(Rosters.keys(party), KeyName.HOLDER_SIGNING);
    }

    Step.Post post(Stage stage, PartyId party, Statement statement, byte[]... parts) {
        var named = new HashMap<Hash, byte[]>();
        for (byte[] part : parts) {
            named.put(Hash.sha256(part), part);
        }
        return new Step.Post(signed(stage, party, statement), named);
    }

    /** One look at the board by this party. */
    Step look(PartyId party) {
        return ceremony(party).next(shown(), store(), own.get(party));
    }

    /** Everybody looks at the board in turn, and speaks, until all wait or are done: their last steps. */
    Map<PartyId, Step> run() {
        var last = new LinkedHashMap<PartyId, Step>();
        for (int round = 0; round < ROUNDS_MAX; round++) {
            boolean quiet = true;
            for (var party : terms.roster().holderParties()) {
                var step = look(party);
                last.put(party, step);
                if (step instanceof Step.Post post && say(party, post)) {
                    quiet = false;
                }
            }
            if (quiet) {
                return last;
            }
        }
        throw new AssertionError("the ceremony does not end");
    }

    /** Until this step is open. */
    Table runTo(Stage stage) {
        for (int round = 0; round < ROUNDS_MAX; round++) {
            if (transcript().standing() instanceof Standing.Open open && open.stage() == stage) {
                return this;
            }
            for (var party : terms.roster().holderParties()) {
                if (transcript().standing() instanceof Standing.Open open && open.stage() == stage) {
                    return this;
                }
                if (look(party) instanceof Step.Post post) {
                    say(party, post);
                }
            }
        }
        throw new AssertionError("the step is not reached");
    }

    boolean say(PartyId party, Step.Post honest) {
        var stage = Stage.of(honest.message().message().type()).orElseThrow();
        var post = cheats.containsKey(party) ? cheats.get(party).instead(stage, honest) : Optional.of(honest);
        post.ifPresent(said -> {
            own.get(party).add(said.message());
            blobs.putAll(said.blobs());
            board.add(said.message());
        });
        return post.isPresent();
    }
}
