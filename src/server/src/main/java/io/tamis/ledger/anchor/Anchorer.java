package io.tamis.ledger.anchor;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tamis.data.Hash;
import io.tamis.ledger.Logs;
import io.tamis.ledger.PublishedLog;
import io.tamis.ledger.PublishedLog.Published;
import io.tamis.ledger.anchor.AnchorRows.Sent;
import io.tamis.ledger.anchor.AnchorState.Alarm;
import io.tamis.log.Origin;
import io.tamis.log.TreeHead;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Brings the logs onto the chain, a look at a time. Each look begins with what the chain says, so that a restart, a replaced
 * block, a repetition and another replica need no case of their own: whatever was meant to be anchored and is not there is
 * anchored again from the head that is there. Only the holder of the lease looks.
 *
 * <p>A chain whose head is no prefix of ours is never argued with: somebody has the submitter's key, or our database is not
 * the one it was. Nothing more of that log is sent, and logging goes on.
 */
@Singleton
class Anchorer {
    private final Logs logs;
    private final Notary notary;
    private final AnchorRows rows;
    private final AnchorState state;
    private final Pace pace;
    private final UnderWay underWay;

    /** Closed logs whose last checkpoint is final: there is nothing more to do for them. */
    private final Set<Origin> done = new HashSet<>();

    private final Map<Origin, Long> onChain = new HashMap<>();
    private boolean waiting;
    private Instant claimedAt = Instant.EPOCH;
    private Instant lookedAt = Instant.EPOCH;

    Anchorer(Logs logs, Notary notary, AnchorRows rows, AnchorState state, Pace pace) {
        this.logs = logs;
        this.notary = notary;
        this.rows = rows;
        this.state = state;
        this.pace = pace;
        this.underWay = new UnderWay(notary, rows, state, pace);
    }

    /** True when a look is worth the chain's time: something is sent or there is something to send, or it was long ago. */
    boolean isDue() {
        return waiting
                || pace.over(lookedAt, pace.interval())
                || (pace.over(claimedAt, pace.interval()) && logs.all().stream().anyMatch(this::hasGrown));
    }

    /** Looks once, and sends at most one transaction. */
    void look() {
        Optional<Place> place = notary.place(logs.open().origin());
        if (place.isEmpty()) {
            return;
        }
        // Counted first: what uses a number below it is then there to be seen.
        Slot next = notary.nextSlot();
        List<Sent> waits = underWay.settle(place.get(), next.nonce());
        Optional<Slot> free = waits.isEmpty() ? Optional.of(next) : Optional.empty();
        boolean unsettled = underWay.awaitsFinality();
        boolean known = true;
        for (PublishedLog log : logs.all()) {
            if (!done.contains(log.origin()) && !state.isForked(log.origin())) {
                var step = look(log, free, waits);
                free = step.free();
                unsettled |= step.unsettled();
                known &= step.known();
            }
        }
        waiting = unsettled || free.isEmpty();
        lookedAt = pace.now();
        if (known) {
            state.clear(Alarm.NO_LOG);
        }
        state.clear(Alarm.UNREACHABLE);
        state.clear(Alarm.CHAIN_REFUSED);
    }

    /**
     * What a look at one log leaves.
     *
     * @param free the number that nothing was sent with yet
     * @param unsettled the chain has yet to make something final
     * @param known the chain has the log
     */
    private record Step(Optional<Slot> free, boolean unsettled, boolean known) {}

    private Step look(PublishedLog log, Optional<Slot> free, List<Sent> waits) {
        Optional<Heads> found = notary.heads(log.origin());
        if (found.isEmpty()) {
            state.raise(Alarm.NO_LOG);
            return new Step(free, false, false);
        }
        // Read after the chain's: ours only grows, so that what the chain has of ours is below it.
        Optional<Published> newest = log.latest();
        TreeHead ours = newest.map(Published::head).orElse(TreeHead.EMPTY);
        var heads = found.get();
        if (!isPrefix(heads.latest(), log, ours) || !isPrefix(heads.settled(), log, ours)) {
            state.fork(log.origin());
            return new Step(free, false, true);
        }
        onChain.put(log.origin(), heads.latest().size());
        recordSettled(log.origin(), heads.settled());
        if (heads.settled().equals(ours) && !isOpen(log)) {
            done.add(log.origin());
        }
        boolean unsettled = !heads.settled().equals(heads.latest());
        if (newest.isEmpty() || state.has(Alarm.REVERTS)) {
            return new Step(free, unsettled, true);
        }
        Optional<Sent> late = waits.stream()
                .filter(sent -> sent.origin().equals(log.origin()) || state.isForked(sent.origin()))
                .filter(sent -> pace.over(sent.at(), pace.replaceAfter()))
                .findFirst();
        if (late.isPresent()) {
            replace(log, heads.latest(), newest.get(), late.get());
        } else if (free.isPresent() && heads.latest().size() < ours.size() && isTurnOf(log)) {
            claim(log, heads.latest(), newest.get(), free.get());
            return new Step(Optional.empty(), unsettled, true);
        }
        return new Step(free, unsettled, true);
    }

    private static boolean isPrefix(TreeHead chains, PublishedLog log, TreeHead ours) {
        if (chains.size() == 0) {
            return true;
        }
        return chains.size() <= ours.size() && log.headAt(chains.size()).equals(chains);
    }

    /** A closed log has one claim left, which need not wait. */
    private boolean isTurnOf(PublishedLog log) {
        return !isOpen(log) || pace.over(claimedAt, pace.interval());
    }

    private boolean isOpen(PublishedLog log) {
        return log.origin().equals(logs.open().origin());
    }

    private boolean hasGrown(PublishedLog log) {
        return !done.contains(log.origin())
                && !state.isForked(log.origin())
                && log.latest()
                        .filter(now -> now.head().size() > onChain.getOrDefault(log.origin(), -1L))
                        .isPresent();
    }

    /** Makes the table say what the chain says: no more than that, and no less. */
    private void recordSettled(Origin origin, TreeHead settled) {
        Place place = notary.place(origin).orElseThrow();
        rows.orphanBeyond(origin, place, settled.size());
        if (settled.size() == 0 || rows.accountsFor(origin, place, settled)) {
            return;
        }
        for (Sent sent : rows.givenUp(origin, place, settled)) {
            if (notary.fate(sent.anchor().transaction()) instanceof Fate.Settled made) {
                rows.ended(place, sent, AnchorRows.State.FINAL, made.block(), pace.now());
                return;
            }
        }
        rows.found(origin, place, settled, pace.now());
    }

    private void claim(PublishedLog log, TreeHead from, Published to, Slot slot) {
        claimedAt = pace.now();
        signed(log, from, to, new Slot(slot.nonce(), slot.fee().atMost(pace.weiMax())))
                .ifPresent(made -> {
                    // Of two replicas that both believe to lead, the table lets one write this number.
                    if (rows.insert(made.claim(), made.place(), made.anchor(), pace.now())) {
                        underWay.send(made.anchor());
                    }
                });
    }

    /** The same number again, for more; it may carry a newer head, since only one of the two can ever count. */
    private void replace(PublishedLog log, TreeHead from, Published to, Sent late) {
        Fee offered = late.anchor().slot().fee();
        Fee raised = offered.raised().orMore(notary.nextSlot().fee());
        if (raised.maxWei().compareTo(pace.weiMax()) > 0) {
            // Nobody pays more than that; it waits until the chain is cheaper, and is not forgotten meanwhile.
            underWay.send(late.anchor());
            return;
        }
        signed(log, from, to, new Slot(late.nonce(), raised)).ifPresent(made -> {
            if (rows.replace(late, made.claim(), made.place(), made.anchor(), pace.now())) {
                underWay.send(made.anchor());
            }
        });
    }

    private record Made(Claim claim, Place place, SignedAnchor anchor) {}

    /** Empty when the contract would refuse it, or when the lease is lost. */
    private Optional<Made> signed(PublishedLog log, TreeHead from, Published to, Slot slot) {
        List<Hash> proof = from.size() == 0 ? List.of() : log.consistency(from, to.head());
        var claim = new Claim(
                log.origin(), to.head(), Hash.sha256(to.note().encoded().getBytes(UTF_8)), proof);
        Place place = notary.place(log.origin()).orElseThrow();
        var anchor = notary.sign(claim, slot);
        underWay.judged(anchor.isPresent());
        return logs.leading() ? anchor.map(signed -> new Made(claim, place, signed)) : Optional.empty();
    }
}
