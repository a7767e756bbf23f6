package io.tamis.ledger.anchor;

import io.tamis.data.Hash;
import io.tamis.ledger.anchor.AnchorRows.Sent;
import io.tamis.ledger.anchor.AnchorRows.State;
import io.tamis.ledger.anchor.AnchorState.Alarm;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Looks after the transactions that were sent, number by number. Of one number there may be several, each paying more than the
 * one before; the chain takes one of them, and which one only the chain knows.
 *
 * <p>Crash stories. Between the row and the sending: the next process finds a row it has not sent itself, and sends it. After
 * the sending: the same, and sending twice changes nothing. A node that has forgotten it, or never passed it on: it waits, and
 * is replaced. A block that was replaced: its transaction waits again, and is sent again. A chain that begins anew, or has
 * lost earlier numbers: ours can never be reached, and is given up.
 */
final class UnderWay {
    /** How often a number must be seen as used by nobody we know before somebody is suspected: nodes lag behind each other. */
    static final int FOREIGN_AFTER = 3;

    /** How many refusals in a row are no accident any more. */
    static final int REVERTS_MAX = 3;

    private final Notary notary;
    private final AnchorRows rows;
    private final AnchorState state;
    private final Pace pace;
    private final Set<Hash> sentByUs = new HashSet<>();
    private final Map<Long, Integer> unexplained = new HashMap<>();
    private int reverts;
    private int refusals;
    private boolean mined;

    UnderWay(Notary notary, AnchorRows rows, AnchorState state, Pace pace) {
        this.notary = notary;
        this.rows = rows;
        this.state = state;
        this.pace = pace;
    }

    /**
     * Asks what has become of everything sent, and returns what waits, the newest of each number.
     *
     * @param next the number the chain expects, read before this call: then a number below it is used, and what used it is there
     *     to be seen
     */
    List<Sent> settle(Place place, long next) {
        var byNonce = new TreeMap<Long, List<Sent>>();
        rows.unsettled(place)
                .forEach(sent -> byNonce.computeIfAbsent(sent.nonce(), n -> new ArrayList<>())
                        .add(sent));
        var waiting = new ArrayList<Sent>();
        mined = false;
        long reachable = next;
        for (var slot : byNonce.entrySet()) {
            long nonce = slot.getKey();
            if (isDecided(place, slot.getValue())) {
                unexplained.remove(nonce);
            } else if (nonce < next) {
                suspect(place, nonce).ifPresent(waiting::add);
            } else if (nonce == reachable) {
                waiting.add(keepWaiting(slot.getValue()));
                reachable++;
            } else {
                rows.dropped(place, nonce);
            }
        }
        return waiting;
    }

    /** Sends, and remembers that this process has. */
    void send(SignedAnchor anchor) {
        if (sentByUs.size() >= AnchorRows.OPEN_MAX) {
            sentByUs.clear();
        }
        notary.send(anchor);
        sentByUs.add(anchor.transaction());
    }

    /** True when the last look has left something in a block that is not final. */
    boolean awaitsFinality() {
        return mined;
    }

    /** Whether the contract would take a claim, before anything was sent for it. */
    void judged(boolean taken) {
        refusals = taken ? 0 : refusals + 1;
        alarmAt(refusals);
    }

    private void reverted() {
        reverts++;
        alarmAt(reverts);
    }

    private void alarmAt(int times) {
        if (times >= REVERTS_MAX) {
            state.raise(Alarm.REVERTS);
        }
    }

    /** True when one of them is in a block; the row then says so. */
    private boolean isDecided(Place place, List<Sent> slot) {
        for (Sent sent : slot) {
            switch (notary.fate(sent.anchor().transaction())) {
                case Fate.Settled settled -> {
                    rows.ended(place, sent, State.FINAL, settled.block(), pace.now());
                    reverts = 0;
                    return true;
                }
                case Fate.Reverted reverted -> {
                    rows.ended(place, sent, State.REVERTED, reverted.block(), pace.now());
                    reverted();
                    return true;
                }
                case Fate.Mined inBlock -> {
                    mined = true;
                    if (sent.state() != State.MINED) {
                        rows.mined(place, sent, inBlock.block());
                    }
                    return true;
                }
                case Fate.Unknown ignored -> {}
            }
        }
        return false;
    }

    /** The number waits for the chain: its newest transaction is sent, if this process has not done so or it fell out again. */
    private Sent keepWaiting(List<Sent> slot) {
        Sent newest = slot.getLast();
        boolean fellOut = newest.state() != State.SENT;
        if (fellOut) {
            rows.waitAgain(slot);
        }
        if (fellOut || !sentByUs.contains(newest.anchor().transaction())) {
            send(newest.anchor());
        }
        return newest;
    }

    /**
     * The number is used, and by none of those that wait. Either one we had given up has made it after all, or the node that
     * answers lags behind the one that counted, or somebody else has the submitter's key.
     */
    private Optional<Sent> suspect(Place place, long nonce) {
        var known = rows.withNonce(place, nonce);
        boolean givenUp =
                known.stream().anyMatch(sent -> !(notary.fate(sent.anchor().transaction()) instanceof Fate.Unknown));
        if (givenUp) {
            rows.dropped(place, nonce);
            return Optional.empty();
        }
        int times = unexplained.merge(nonce, 1, Integer::sum);
        if (times < FOREIGN_AFTER) {
            return Optional.of(known.getFirst());
        }
        unexplained.remove(nonce);
        rows.dropped(place, nonce);
        state.raise(Alarm.FOREIGN_TRANSACTION);
        return Optional.empty();
    }
}
