package io.tamis.holder.ceremony;

import io.tamis.data.DataException;
import io.tamis.data.Hash;
import io.tamis.data.JsonFields;
import io.tamis.data.PartyId;
import io.tamis.he.HeException;
import io.tamis.he.Tuple;
import io.tamis.holder.Coins;
import io.tamis.holder.SignedMessage;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A board, read strictly: who said what in which step, whether it was said over the same transcript by all, and whether what
 * was revealed is what was committed to. Large parts are not looked at, so a server can do this for every message.
 *
 * <p>Transcripts are hashes of tuples: T0 is that of the {@link CeremonyTerms}; after step s it is Tuple("transcript", T
 * before, type of the step, then the messages' hashes in the order of the holders' indices). Every body's {@code seen} is the
 * transcript before its step, so two holders who were shown two boards do not go on together.
 */
public final class Transcript {
    private final CeremonyTerms terms;
    private final Map<Stage, SortedMap<PartyId, SignedMessage>> messages = new EnumMap<>(Stage.class);
    private final Map<Stage, SortedMap<PartyId, Statement>> statements = new EnumMap<>(Stage.class);
    private final Map<Stage, Hash> seen = new EnumMap<>(Stage.class);
    private final Standing standing;

    private Transcript(CeremonyTerms terms, Board board) {
        this.terms = terms;
        for (var stage : Stage.values()) {
            messages.put(stage, new TreeMap<>());
            statements.put(stage, new TreeMap<>());
        }
        standing = collect(board).orElseGet(() -> walk(board));
    }

    /** Reads a board. */
    public static Transcript read(CeremonyTerms terms, Board board) {
        return new Transcript(terms, board);
    }

    /** Where it stands. */
    public Standing standing() {
        return standing;
    }

    /**
     * Whether a board takes this message: of a holder, signed, of the step that is open, over this transcript, well formed,
     * not said before. The answer is the fault it would otherwise show; a board that takes what it should not is noticed by
     * every holder, so nothing but order rests on this.
     */
    public Optional<Fault> refusal(SignedMessage next) {
        var stage = Stage.of(next.message().type());
        if (!(standing instanceof Standing.Open open) || !authentic(next) || stage.isEmpty()) {
            return Optional.of(Fault.BOARD_FORGED);
        }
        if (!open.missing().contains(next.message().from())) {
            return Optional.of(Fault.SAID_TWICE);
        }
        if (stage.get() != open.stage()) {
            return Optional.of(Fault.OTHER_TRANSCRIPT);
        }
        try {
            return fault(stage.get(), next.message().from(), parse(stage.get(), next));
        } catch (DataException | HeException malformed) {
            return Optional.of(Fault.MALFORMED);
        }
    }

    /** The message of this party in this step. */
    public Optional<SignedMessage> message(Stage stage, PartyId party) {
        return Optional.ofNullable(messages.get(stage).get(party));
    }

    /** The transcript before this step; empty when an earlier one is not complete. */
    public Optional<Hash> seen(Stage stage) {
        return Optional.ofNullable(seen.get(stage));
    }

    /** What the holders said in a step that is complete, by party; fewer when it is not. */
    <T extends Statement> SortedMap<PartyId, T> said(Stage stage, Class<T> type) {
        var found = new TreeMap<PartyId, T>();
        statements.get(stage).forEach((party, statement) -> {
            if (type.isInstance(statement)) {
                found.put(party, type.cast(statement));
            }
        });
        return found;
    }

    /** The transcript before a step that has been reached. */
    Hash before(Stage stage) {
        return seen(stage).orElseThrow(() -> new NoSuchElementException("an earlier step is not complete"));
    }

    private boolean authentic(SignedMessage signed) {
        var message = signed.message();
        return message.roster().equals(terms.roster().hash())
                && message.context().equals(terms.context())
                && terms.roster()
                        .holder(message.from())
                        .filter(holder -> signed.verifiedBy(holder.key()))
                        .isPresent();
    }

    private Optional<Standing> collect(Board board) {
        for (var signed : board.messages()) {
            var stage = Stage.of(signed.message().type());
            if (stage.isEmpty() || !authentic(signed)) {
                return Optional.of(new Standing.Aborted(Fault.BOARD_FORGED, List.of()));
            }
            var from = signed.message().from();
            var before = messages.get(stage.get()).putIfAbsent(from, signed);
            if (before != null && !before.hash().equals(signed.hash())) {
                return Optional.of(new Standing.Aborted(Fault.SAID_TWICE, List.of(from)));
            }
        }
        return Optional.empty();
    }

    private Standing walk(Board board) {
        var transcript = terms.hash();
        for (var stage : Stage.values()) {
            seen.put(stage, transcript);
            var fault = readStage(stage);
            if (fault.isPresent()) {
                return fault.get();
            }
            var missing = terms.roster().holderParties().stream()
                    .filter(party -> !messages.get(stage).containsKey(party))
                    .toList();
            if (!missing.isEmpty()) {
                return early(stage).orElseGet(() -> open(stage, missing, board));
            }
            transcript = after(stage, transcript);
            var accused = said(Stage.VERDICTS, Statement.Verdict.class).values().stream()
                    .flatMap(verdict -> verdict.accused().stream())
                    .distinct()
                    .toList();
            if (!accused.isEmpty()) {
                return new Standing.Aborted(Fault.WRONG_OPENING, accused);
            }
        }
        return close(transcript);
    }

    private Optional<Standing> readStage(Stage stage) {
        for (var entry : messages.get(stage).entrySet()) {
            Fault fault;
            try {
                var body = parse(stage, entry.getValue());
                fault = fault(stage, entry.getKey(), body).orElse(null);
                statements.get(stage).put(entry.getKey(), body.statement());
            } catch (DataException | HeException malformed) {
                fault = Fault.MALFORMED;
            }
            if (fault != null) {
                return Optional.of(new Standing.Aborted(fault, List.of(entry.getKey())));
            }
        }
        return Optional.empty();
    }

    /** A message of a later step while this one is incomplete was made over another transcript. */
    private Optional<Standing> early(Stage stage) {
        return messages.entrySet().stream()
                .filter(entry -> entry.getKey().compareTo(stage) > 0)
                .flatMap(entry -> entry.getValue().keySet().stream())
                .findFirst()
                .map(party -> new Standing.Aborted(Fault.OTHER_TRANSCRIPT, List.of(party)));
    }

    private static Standing open(Stage stage, List<PartyId> missing, Board board) {
        var silent = missing.stream().filter(board.late()::contains).toList();
        return silent.isEmpty() ? new Standing.Open(stage, missing) : new Standing.Aborted(Fault.SILENT, silent);
    }

    private Standing close(Hash transcript) {
        var keys = said(Stage.DONE, Statement.Done.class);
        var different = keys.values().stream().distinct().toList();
        boolean all = keys.size() == terms.roster().holders().size();
        if (all && different.size() == 1) {
            return new Standing.Closed(different.getFirst().key(), transcript);
        }
        return new Standing.Aborted(all ? Fault.WRONG_KEY : Fault.WRONG_SHARES, List.of());
    }

    private Hash after(Stage stage, Hash before) {
        var tuple = Tuple.of("transcript").hash(before).text(stage.type().value());
        terms.roster()
                .holderParties()
                .forEach(party -> tuple.hash(messages.get(stage).get(party).hash()));
        return tuple.sha256();
    }

    private record Body(Hash seen, Statement statement) {}

    private static Body parse(Stage stage, SignedMessage signed) {
        var fields = new JsonFields(signed.message().body());
        var body = new Body(Hash.parse(fields.string("seen", Fields.HASH_TEXT)), Statement.read(stage, fields));
        fields.end();
        return body;
    }

    /** What is wrong with what a party says, as far as the messages tell. */
    private Optional<Fault> fault(Stage stage, PartyId from, Body body) {
        if (!body.seen().equals(seen.get(stage))) {
            return Optional.of(Fault.OTHER_TRANSCRIPT);
        }
        boolean right = switch (body.statement()) {
            case Statement.Reveal(var nonce) ->
                said(Stage.COMMIT, Statement.Commit.class)
                        .get(from)
                        .commitment()
                        .equals(Coins.commitment("nonce", before(Stage.COMMIT), terms.index(from), nonce));
            case Statement.Coin(var coin) ->
                said(Stage.CANDIDATES, Statement.Candidates.class)
                        .get(from)
                        .coin()
                        .equals(Coins.commitment("r", before(Stage.CANDIDATES), terms.index(from), coin));
            case Statement.Commit ignored -> true;
            case Statement.Candidates ignored -> true;
            case Statement.Opening ignored -> true;
            case Statement.Done ignored -> true;
            case Statement.Disclosed ignored -> true;
            case Statement.Verdict(var accused) ->
                accused.isEmpty()
                        || (!accused.get().equals(from)
                                && terms.roster().index(accused.get()).isPresent());
            case Statement.Shares(var sealed) ->
                sealed.stream().map(Statement.Sealed::to).toList().equals(others(from));
            case Statement.Partials(var partials) ->
                partials.stream()
                        .map(Statement.Partial::set)
                        .toList()
                        .equals(Subsets.with(
                                terms.index(from),
                                terms.roster().holders().size(),
                                terms.roster().threshold()));
            case Statement.Unreadable(var parties) -> others(from).containsAll(parties);
        };
        if (right) {
            return Optional.empty();
        }
        return Optional.of(stage == Stage.REVEAL || stage == Stage.COINS ? Fault.WRONG_REVEAL : Fault.MALFORMED);
    }

    private List<PartyId> others(PartyId from) {
        return terms.roster().holderParties().stream()
                .filter(party -> !party.equals(from))
                .toList();
    }
}
