package io.tamis.holder.ceremony;

import io.tamis.data.Hash;
import io.tamis.data.PartyId;
import io.tamis.he.Bfv;
import io.tamis.he.CollectiveKey;
import io.tamis.holder.Blobs;
import java.util.List;
import java.util.TreeSet;

/**
 * Runs a ceremony again from its board and blobs, without any secret: whether its key was made by the rules, or who broke
 * them. Holders, platforms and auditors get the same answer from the same messages, so a board is evidence.
 *
 * <p>NOT promised: that a key of holders who all collude is any good; that a party named for silence was silent and not
 * kept from speaking by whoever ran the board.
 */
public final class CeremonyAudit {
    private final Bfv scheme;
    private final CeremonyTerms terms;
    private final int fold;

    /** An audit of this ceremony; the scheme must be of the roster's profile and lambda. */
    public CeremonyAudit(Bfv scheme, CeremonyTerms terms) {
        this(scheme, terms, KeyCeremony.FOLD);
    }

    CeremonyAudit(Bfv scheme, CeremonyTerms terms, int fold) {
        terms.require(scheme.params());
        this.scheme = scheme;
        this.terms = terms;
        this.fold = fold;
    }

    /** What an audit finds. */
    public sealed interface Finding {
        /** The key was made by the rules; {@code transcript} is the hash of everything said. */
        record Made(CollectiveKey key, Hash transcript) implements Finding {}

        /** It was aborted, and these are at fault; none when it is whoever ran the board. */
        record Broken(Fault fault, List<PartyId> parties) implements Finding {
            public Broken {
                parties = List.copyOf(parties);
            }
        }

        /** Not over, or blobs are missing: these have yet to speak or to show them. */
        record Unfinished(Stage stage, List<PartyId> missing) implements Finding {
            public Unfinished {
                missing = List.copyOf(missing);
            }
        }
    }

    /** Runs it again. Costs all candidates of all holders, and every subset. */
    public Finding audit(Board board, Blobs blobs) {
        var transcript = Transcript.read(terms, board);
        return switch (transcript.standing()) {
            case Standing.Open(var stage, var missing) -> new Finding.Unfinished(stage, missing);
            case Standing.Aborted aborted -> broken(transcript, blobs, aborted);
            case Standing.Closed closed -> made(transcript, blobs, closed);
        };
    }

    private Finding made(Transcript transcript, Blobs blobs, Standing.Closed closed) {
        var exhibits = exhibits(transcript, blobs);
        var candidacy = exhibits.candidacy();
        var wrong = new TreeSet<PartyId>();
        for (var party : terms.roster().holderParties()) {
            var opens = exhibits.opens(candidacy, party);
            if (opens.isEmpty()) {
                return missing(exhibits, Stage.OPENINGS);
            }
            if (!opens.get()) {
                wrong.add(party);
            }
        }
        if (!wrong.isEmpty()) {
            return new Finding.Broken(Fault.WRONG_OPENING, List.copyOf(wrong));
        }
        var key = exhibits.key().orElseThrow();
        var opens = exhibits.subsetsOpen(key);
        if (opens.isEmpty()) {
            return missing(exhibits, Stage.SUBSETS);
        }
        if (!opens.get() || !key.hash().equals(closed.key())) {
            return new Finding.Broken(Fault.WRONG_KEY, terms.roster().holderParties());
        }
        return new Finding.Made(key, closed.transcript());
    }

    /** Messages alone accuse; the blobs tell who is right. */
    Finding broken(Transcript transcript, Blobs blobs, Standing.Aborted aborted) {
        var exhibits = exhibits(transcript, blobs);
        return switch (aborted.fault()) {
            case WRONG_OPENING -> accusation(transcript, exhibits);
            case WRONG_SHARES, WRONG_KEY -> new Disclosure(terms, transcript, exhibits).judge();
            case MALFORMED,
                    OTHER_TRANSCRIPT,
                    SAID_TWICE,
                    WRONG_REVEAL,
                    FALSE_VERDICT,
                    SILENT,
                    BOARD_FORGED,
                    BOARD_CHANGED -> new Finding.Broken(aborted.fault(), aborted.parties());
        };
    }

    private static Finding accusation(Transcript transcript, Exhibits exhibits) {
        var candidacy = exhibits.candidacy();
        var guilty = new TreeSet<PartyId>();
        var liars = new TreeSet<PartyId>();
        for (var entry :
                transcript.said(Stage.VERDICTS, Statement.Verdict.class).entrySet()) {
            if (entry.getValue().accused().isEmpty()) {
                continue;
            }
            var accused = entry.getValue().accused().get();
            var opens = exhibits.opens(candidacy, accused);
            if (opens.isEmpty()) {
                return missing(exhibits, Stage.OPENINGS);
            }
            if (opens.get()) {
                liars.add(entry.getKey());
            } else {
                guilty.add(accused);
            }
        }
        return guilty.isEmpty()
                ? new Finding.Broken(Fault.FALSE_VERDICT, List.copyOf(liars))
                : new Finding.Broken(Fault.WRONG_OPENING, List.copyOf(guilty));
    }

    private static Finding missing(Exhibits exhibits, Stage stage) {
        return new Finding.Unfinished(stage, exhibits.withoutBlobs(stage));
    }

    Exhibits exhibits(Transcript transcript, Blobs blobs) {
        return new Exhibits(scheme, terms, transcript, blobs, fold);
    }
}
