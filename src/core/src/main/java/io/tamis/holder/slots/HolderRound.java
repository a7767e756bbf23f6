package io.tamis.holder.slots;

import io.tamis.crypto.Derivation;
import io.tamis.crypto.KeyName;
import io.tamis.crypto.KeyProvider;
import io.tamis.crypto.SecretBytes;
import io.tamis.data.Hash;
import io.tamis.data.PartyId;
import io.tamis.he.SlotCandidates;
import io.tamis.he.Tuple;
import io.tamis.he.threshold.HolderIndex;
import io.tamis.holder.Blobs;
import io.tamis.holder.Coins;
import io.tamis.holder.Message;
import io.tamis.holder.Roster;
import io.tamis.holder.SignedMessage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A holder's side of a round. Pure: the board, the blobs and what the holder has said before go in, what it does next comes
 * out. The coin follows from the holder's secret and the plan's hash, so a crash between storing and posting loses nothing.
 */
public final class HolderRound {
    private final Roster roster;
    private final SlotContext context;
    private final PartyId self;
    private final KeyProvider keys;
    private final SecretBytes secret;
    private final SlotCandidates candidates;

    /**
     * A holder in a round.
     *
     * @param keys signs with {@link KeyName#HOLDER_SIGNING}
     * @param secret 32 bytes from which coins are derived; the caller's, for all rounds
     * @param candidates under the key epoch's common polynomial
     */
    public HolderRound(
            Roster roster,
            SlotContext context,
            PartyId self,
            KeyProvider keys,
            SecretBytes secret,
            SlotCandidates candidates) {
        this.roster = roster;
        this.context = context;
        this.self = self;
        this.keys = keys;
        this.secret = secret;
        this.candidates = candidates;
    }

    /**
     * What to do next. In {@code OPENING}'s time this rebuilds every slot: fold - 1 candidates each, 26 ms a slot of 64 under
     * AGG-8192.
     *
     * @param paramsId of the key epoch: a plan under others is not audited
     * @param own every message of this round the holder has stored
     */
    public RoundAct next(Hash paramsId, RoundBoard board, Blobs blobs, List<SignedMessage> own) {
        var round = Round.read(roster, context, board);
        if (changed(round, own)) {
            return new RoundAct.Over(new RoundStanding.Voided(List.of()));
        }
        return switch (round.standing()) {
            case RoundStanding.Failed failed -> new RoundAct.Over(failed);
            case RoundStanding.Voided voided -> new RoundAct.Over(voided);
            case RoundStanding.Passed passed -> judged(round, passed, blobs, own);
            case RoundStanding.Disputed disputed -> judged(round, disputed, blobs, own);
            case RoundStanding.Open open -> speak(paramsId, round, open, blobs, own);
        };
    }

    private RoundAct speak(Hash paramsId, Round round, RoundStanding.Open open, Blobs blobs, List<SignedMessage> own) {
        boolean mine = open.missing().contains(self);
        return switch (open.step()) {
            case PLAN, OPENING -> new RoundAct.Waiting(open);
            case COINS -> {
                boolean ours = round.plan().orElseThrow().paramsId().equals(paramsId);
                if (!ours) {
                    yield new RoundAct.Over(new RoundStanding.Failed(SlotFault.MALFORMED));
                }
                yield mine ? post(RoundStep.COINS, coin(round), own) : new RoundAct.Waiting(open);
            }
            case REVEALS -> mine ? post(RoundStep.REVEALS, reveal(round), own) : new RoundAct.Waiting(open);
            case VERDICTS -> mine ? judged(round, open, blobs, own) : new RoundAct.Waiting(open);
        };
    }

    /** Speaks the verdict; afterwards tells the outcome, without looking again at what it has signed. */
    private RoundAct judged(Round round, RoundStanding standing, Blobs blobs, List<SignedMessage> own) {
        var stored = stored(RoundStep.VERDICTS, own);
        if (round.message(RoundStep.VERDICTS, self).isEmpty()) {
            return stored.<RoundAct>map(RoundAct.Post::new)
                    .or(() -> audit(round, blobs)
                            .map(outcome -> post(RoundStep.VERDICTS, verdict(round, outcome.wrong()), own)))
                    .orElseGet(() -> new RoundAct.Waiting(standing));
        }
        if (accuses(stored.orElseThrow())) {
            return new RoundAct.Over(new RoundStanding.Failed(SlotFault.ROOT_DIFFERS));
        }
        if (!(standing instanceof RoundStanding.Passed)) {
            return new RoundAct.Waiting(standing);
        }
        return survivors(round, blobs)
                .<RoundAct>map(all -> new RoundAct.Passed(
                        round.plan().orElseThrow(), round.coin().orElseThrow(), all))
                .orElseGet(() -> new RoundAct.Waiting(standing));
    }

    private static boolean accuses(SignedMessage verdict) {
        return RoundStatement.read(RoundStep.VERDICTS, verdict.message().body())
                        instanceof RoundStatement.Verdict(var ignoredPlan, var ignoredOpening, var slot)
                && slot.isPresent();
    }

    /** The survivors' hashes of openings that have been audited; empty while blobs are missing. */
    private static Optional<List<Hash>> survivors(Round round, Blobs blobs) {
        var plan = round.plan().orElseThrow();
        var survivors = new ArrayList<Hash>();
        for (var chunk : round.openings()) {
            var openings = blobs.checked(chunk);
            if (openings.isEmpty()) {
                return Optional.empty();
            }
            for (int end = plan.openingBytes(); end <= openings.get().length; end += plan.openingBytes()) {
                survivors.add(Hash.of(Arrays.copyOfRange(openings.get(), end - Hash.LENGTH, end)));
            }
        }
        return Optional.of(survivors);
    }

    /** The first slot whose root is not rebuilt, if any. */
    private record Outcome(OptionalInt wrong) {}

    /** Empty while blobs are missing. */
    private Optional<Outcome> audit(Round round, Blobs blobs) {
        var plan = round.plan().orElseThrow();
        var coin = round.coin().orElseThrow();
        var roots = round.roots().flatMap(blobs::checked);
        if (roots.isEmpty()) {
            return Optional.empty();
        }
        if (roots.get().length != plan.slots() * Hash.LENGTH) {
            return Optional.of(new Outcome(OptionalInt.of(0)));
        }
        var audit = new SlotAudit(context, plan, candidates);
        for (int chunk = 0; chunk < plan.chunks(); chunk++) {
            var openings = blobs.checked(round.openings().get(chunk));
            if (openings.isEmpty()) {
                return Optional.empty();
            }
            int first = chunk * plan.chunkSlots();
            int last = Math.min(plan.slots(), first + plan.chunkSlots());
            if (openings.get().length != (last - first) * plan.openingBytes()) {
                return Optional.of(new Outcome(OptionalInt.of(first)));
            }
            for (int slot = first; slot < last; slot++) {
                var survivor = audit.survivor(
                        slot, root(roots.get(), slot), coin, opening(plan, openings.get(), slot - first));
                if (survivor.isEmpty()) {
                    return Optional.of(new Outcome(OptionalInt.of(slot)));
                }
            }
        }
        return Optional.of(new Outcome(OptionalInt.empty()));
    }

    private static Hash root(byte[] roots, int slot) {
        return Hash.of(Arrays.copyOfRange(roots, slot * Hash.LENGTH, (slot + 1) * Hash.LENGTH));
    }

    private static byte[] opening(SlotPlan plan, byte[] openings, int index) {
        return Arrays.copyOfRange(openings, index * plan.openingBytes(), (index + 1) * plan.openingBytes());
    }

    private RoundStatement coin(Round round) {
        var plan = round.planHash();
        var holder = new HolderIndex(roster.index(self).orElseThrow());
        return new RoundStatement.Coin(plan, Coins.commitment("r", plan, holder, ownCoin(plan)));
    }

    private RoundStatement reveal(Round round) {
        return new RoundStatement.Reveal(round.planHash(), round.coinsHash(), ownCoin(round.planHash()));
    }

    private RoundStatement verdict(Round round, OptionalInt wrong) {
        var opening = round.message(RoundStep.OPENING, context.platform()).orElseThrow();
        return new RoundStatement.Verdict(round.planHash(), opening.hash(), wrong);
    }

    private Hash ownCoin(Hash plan) {
        try (var coin = Derivation.derive(
                secret, Tuple.of("slot-coin").hash(context.hash()).hash(plan).sha256())) {
            byte[] bytes = coin.reveal();
            return Hash.of(bytes);
        }
    }

    /** What was stored before is said again, to the letter. */
    private RoundAct post(RoundStep step, RoundStatement statement, List<SignedMessage> own) {
        return new RoundAct.Post(stored(step, own)
                .orElseGet(() -> new Message(step.type(), context.roster(), context.messages(), self, statement.body())
                        .signed(keys, KeyName.HOLDER_SIGNING)));
    }

    private static Optional<SignedMessage> stored(RoundStep step, List<SignedMessage> own) {
        return own.stream()
                .filter(message -> message.message().type().equals(step.type()))
                .findFirst();
    }

    /**
     * Whether the board is not the one this holder has spoken on: another plan, another set of coins, another opening, or
     * words it never said. To go on would be to toss a second coin for one plan, or to judge what it has not seen.
     */
    private boolean changed(Round round, List<SignedMessage> own) {
        for (var step : RoundStep.values()) {
            var stored = stored(step, own);
            var shown = step.ofPlatform() ? Optional.<SignedMessage>empty() : round.message(step, self);
            if (shown.isPresent() && !shown.equals(stored)) {
                return true;
            }
            if (stored.isPresent() && shown.isEmpty() && !fresh(round, step, stored.get())) {
                return true;
            }
        }
        return false;
    }

    private boolean fresh(Round round, RoundStep step, SignedMessage stored) {
        if (round.plan().isEmpty()) {
            return false;
        }
        var body = RoundStatement.read(step, stored.message().body());
        return switch (body) {
            case RoundStatement.Coin(var plan, var ignored) -> plan.equals(round.planHash());
            case RoundStatement.Reveal(var plan, var coins, var ignored) ->
                plan.equals(round.planHash()) && coins.equals(round.coinsHash());
            case RoundStatement.Verdict(var plan, var opening, var ignored) ->
                plan.equals(round.planHash())
                        && round.message(RoundStep.OPENING, context.platform())
                                .filter(message -> message.hash().equals(opening))
                                .isPresent();
            case RoundStatement.Plan ignored -> false;
            case RoundStatement.Opening ignored -> false;
        };
    }
}
