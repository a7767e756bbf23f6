package io.tamis.holder.slots;

import io.tamis.data.DataException;
import io.tamis.data.Hash;
import io.tamis.data.PartyId;
import io.tamis.he.Tuple;
import io.tamis.he.threshold.HolderIndex;
import io.tamis.holder.Coins;
import io.tamis.holder.PartyKey;
import io.tamis.holder.Roster;
import io.tamis.holder.SignedMessage;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A round's board, read strictly. Large parts are not looked at, so a server can do this for every message.
 *
 * <p>The coin is tossed by whoever committed before the first reveal, at least the threshold's number. Every reveal names the
 * commitments it belongs to, and each holder reveals once, so that nobody chooses among coins by choosing among holders.
 *
 * <p>NOT promised: one coin, when the server shows honest holders different boards and is in league with the platform and all
 * but one of a threshold's holders: then there are as many coins as honest holders, and a cheat's chance is that many times
 * 1/64. Each honest holder goes on with its own board only, and the boards differ in signed messages.
 */
public final class Round {
    private final Roster roster;
    private final SlotContext context;
    private final RoundBoard board;
    private final Map<RoundStep, SortedMap<PartyId, SignedMessage>> messages = new EnumMap<>(RoundStep.class);
    private final Map<RoundStep, SortedMap<PartyId, RoundStatement>> statements = new EnumMap<>(RoundStep.class);
    private final RoundStanding standing;

    private Round(Roster roster, SlotContext context, RoundBoard board) {
        this.roster = roster;
        this.context = context;
        this.board = board;
        for (var step : RoundStep.values()) {
            messages.put(step, new TreeMap<>());
            statements.put(step, new TreeMap<>());
        }
        standing = collect().or(this::parse).orElseGet(this::walk);
    }

    /** Reads a board. */
    public static Round read(Roster roster, SlotContext context, RoundBoard board) {
        return new Round(roster, context, board);
    }

    /** Where it stands. */
    public RoundStanding standing() {
        return standing;
    }

    /** Whether a board takes this message: signed by whoever speaks in the open step, well formed, and not said before. */
    public boolean takes(SignedMessage next) {
        var step = RoundStep.of(next.message().type());
        if (step.isEmpty()
                || !authentic(step.get(), next)
                || !isOpen(step.get(), next.message().from())) {
            return false;
        }
        try {
            return fits(
                    step.get(),
                    next.message().from(),
                    RoundStatement.read(step.get(), next.message().body()));
        } catch (DataException malformed) {
            return false;
        }
    }

    /** The platform's plan. */
    public Optional<SlotPlan> plan() {
        return said(RoundStep.PLAN, RoundStatement.Plan.class).values().stream()
                .findFirst()
                .map(RoundStatement.Plan::slots);
    }

    /** The blob of the roots: 32 bytes a slot, in order. */
    public Optional<Hash> roots() {
        return said(RoundStep.PLAN, RoundStatement.Plan.class).values().stream()
                .findFirst()
                .map(RoundStatement.Plan::roots);
    }

    /** The blobs of the openings, each of {@link SlotPlan#chunkSlots} slots, the last of fewer; empty before they are there. */
    public List<Hash> openings() {
        return said(RoundStep.OPENING, RoundStatement.Opening.class).values().stream()
                .findFirst()
                .map(RoundStatement.Opening::openings)
                .orElse(List.of());
    }

    /** The coin that chooses the survivors, once all have revealed. */
    public Optional<Hash> coin() {
        var reveals = said(RoundStep.REVEALS, RoundStatement.Reveal.class);
        boolean all = !reveals.isEmpty()
                && reveals.keySet().equals(messages.get(RoundStep.COINS).keySet());
        return all
                ? Optional.of(Coins.together(
                        planHash(),
                        reveals.values().stream()
                                .map(RoundStatement.Reveal::coin)
                                .toList()))
                : Optional.empty();
    }

    /** The hash of the platform's first message; the plan must be there. */
    Hash planHash() {
        return messages.get(RoundStep.PLAN).get(context.platform()).hash();
    }

    /** SHA-256 of Tuple("coins", plan, the coin messages' hashes in the order of the indices). */
    Hash coinsHash() {
        var tuple = Tuple.of("coins").hash(planHash());
        messages.get(RoundStep.COINS).values().forEach(message -> tuple.hash(message.hash()));
        return tuple.sha256();
    }

    /** The message of this party in this step. */
    public Optional<SignedMessage> message(RoundStep step, PartyId party) {
        return Optional.ofNullable(messages.get(step).get(party));
    }

    private boolean isOpen(RoundStep step, PartyId from) {
        if (message(step, from).isPresent()) {
            return false;
        }
        return switch (standing) {
            // A coin is still taken until somebody has revealed.
            case RoundStanding.Open(var open, var missing) -> open == step && missing.contains(from);
            // Who has not looked yet still says what it finds.
            case RoundStanding.Passed ignored -> step == RoundStep.VERDICTS;
            case RoundStanding.Disputed ignored -> step == RoundStep.VERDICTS;
            case RoundStanding.Failed ignored -> false;
            case RoundStanding.Voided ignored -> false;
        };
    }

    private boolean authentic(RoundStep step, SignedMessage signed) {
        var message = signed.message();
        return message.roster().equals(context.roster())
                && message.context().equals(context.messages())
                && key(step, message.from()).filter(signed::verifiedBy).isPresent();
    }

    private Optional<PartyKey> key(RoundStep step, PartyId from) {
        if (!step.ofPlatform()) {
            return roster.holder(from).map(Roster.Holder::key);
        }
        return roster.platform(from)
                .filter(platform -> platform.party().equals(context.platform()))
                .map(Roster.Platform::key);
    }

    private Optional<RoundStanding> collect() {
        for (var signed : board.messages()) {
            var step = RoundStep.of(signed.message().type());
            if (step.isEmpty() || !authentic(step.get(), signed)) {
                return Optional.of(new RoundStanding.Voided(List.of()));
            }
            var from = signed.message().from();
            var before = messages.get(step.get()).putIfAbsent(from, signed);
            if (before != null && !before.hash().equals(signed.hash())) {
                return Optional.of(fault(step.get(), from, SlotFault.SAID_TWICE));
            }
        }
        return Optional.empty();
    }

    private Optional<RoundStanding> parse() {
        for (var step : RoundStep.values()) {
            for (var entry : messages.get(step).entrySet()) {
                boolean fits;
                try {
                    var statement =
                            RoundStatement.read(step, entry.getValue().message().body());
                    fits = fits(step, entry.getKey(), statement);
                    statements.get(step).put(entry.getKey(), statement);
                } catch (DataException malformed) {
                    fits = false;
                }
                if (!fits) {
                    return Optional.of(fault(step, entry.getKey(), SlotFault.MALFORMED));
                }
            }
        }
        return Optional.empty();
    }

    private static RoundStanding fault(RoundStep step, PartyId from, SlotFault fault) {
        return step.ofPlatform() ? new RoundStanding.Failed(fault) : new RoundStanding.Voided(List.of(from));
    }

    /** Whether what a party says belongs to what was said before. */
    private boolean fits(RoundStep step, PartyId from, RoundStatement statement) {
        if (step != RoundStep.PLAN && messages.get(RoundStep.PLAN).isEmpty()) {
            return false;
        }
        return switch (statement) {
            // A plan of fewer candidates would be an audit in name only.
            case RoundStatement.Plan(var slots, var ignored) -> slots.fold() >= SlotPlan.FOLD;
            case RoundStatement.Coin(var plan, var ignored) -> plan.equals(planHash());
            case RoundStatement.Reveal(var plan, var coins, var coin) -> {
                var committed = said(RoundStep.COINS, RoundStatement.Coin.class).get(from);
                yield committed != null
                        && plan.equals(planHash())
                        && coins.equals(coinsHash())
                        && committed.coin().equals(Coins.commitment("r", planHash(), index(from), coin));
            }
            case RoundStatement.Opening(var plan, var coin, var openings) ->
                plan.equals(planHash())
                        && coin().filter(coin::equals).isPresent()
                        && openings.size() == plan().map(SlotPlan::chunks).orElseThrow();
            case RoundStatement.Verdict(var plan, var opening, var slot) ->
                plan.equals(planHash())
                        && message(RoundStep.OPENING, context.platform())
                                .filter(message -> message.hash().equals(opening))
                                .isPresent()
                        && slot.orElse(0) < plan().map(SlotPlan::slots).orElseThrow();
        };
    }

    private HolderIndex index(PartyId party) {
        return new HolderIndex(roster.index(party).orElseThrow());
    }

    private RoundStanding walk() {
        if (messages.get(RoundStep.PLAN).isEmpty()) {
            return new RoundStanding.Open(RoundStep.PLAN, List.of(context.platform()));
        }
        var coins = messages.get(RoundStep.COINS).keySet();
        var uncommitted = roster.holderParties().stream()
                .filter(party -> !coins.contains(party))
                .toList();
        var reveals = messages.get(RoundStep.REVEALS).keySet();
        boolean enough = coins.size() >= roster.threshold();
        boolean tossed = enough && (uncommitted.isEmpty() || !reveals.isEmpty() || closed(RoundStep.COINS));
        if (!tossed) {
            return closed(RoundStep.COINS)
                    ? new RoundStanding.Voided(uncommitted)
                    : new RoundStanding.Open(RoundStep.COINS, uncommitted);
        }
        var unrevealed =
                coins.stream().filter(party -> !reveals.contains(party)).toList();
        if (!unrevealed.isEmpty()) {
            return closed(RoundStep.REVEALS)
                    ? new RoundStanding.Voided(unrevealed)
                    : new RoundStanding.Open(RoundStep.REVEALS, unrevealed);
        }
        if (messages.get(RoundStep.OPENING).isEmpty()) {
            return closed(RoundStep.OPENING)
                    ? new RoundStanding.Failed(SlotFault.LATE)
                    : new RoundStanding.Open(RoundStep.OPENING, List.of(context.platform()));
        }
        return verdicts();
    }

    /** One accusation that may be true stops a round that any number have passed: they may be in it together. */
    private RoundStanding verdicts() {
        var verdicts = said(RoundStep.VERDICTS, RoundStatement.Verdict.class);
        for (var entry : verdicts.entrySet()) {
            var slot = entry.getValue().slot();
            if (slot.isPresent() && !board.refuted().contains(entry.getKey())) {
                return new RoundStanding.Disputed(entry.getKey(), slot.getAsInt());
            }
        }
        var passed = verdicts.entrySet().stream()
                .filter(entry -> entry.getValue().slot().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
        if (passed.size() >= roster.threshold()) {
            return new RoundStanding.Passed(passed, coin().orElseThrow());
        }
        var silent = roster.holderParties().stream()
                .filter(party -> !verdicts.containsKey(party))
                .toList();
        return closed(RoundStep.VERDICTS)
                ? new RoundStanding.Voided(silent)
                : new RoundStanding.Open(RoundStep.VERDICTS, silent);
    }

    private boolean closed(RoundStep step) {
        return board.closed().contains(step);
    }

    private <T extends RoundStatement> SortedMap<PartyId, T> said(RoundStep step, Class<T> type) {
        var found = new TreeMap<PartyId, T>();
        statements.get(step).forEach((party, statement) -> found.put(party, type.cast(statement)));
        return found;
    }
}
