package io.tamis.ledger.anchor;

import io.tamis.log.Origin;
import jakarta.inject.Singleton;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * What this process has to say about anchoring: alarms, each told once in the log. Those that need a person last until the
 * process is started again, after somebody has looked; the others end when what they tell of ends.
 */
@Singleton
class AnchorState {
    private static final Logger LOG = Logger.getLogger(AnchorState.class);

    private final Set<Alarm> raised = EnumSet.noneOf(Alarm.class);
    private final Set<Origin> forked = new HashSet<>();

    /** What is wrong. */
    enum Alarm {
        /** The chain's head of a log is not a prefix of ours. Nothing of that log is anchored any more; logging goes on. */
        FORK("the chain's head of a log is no prefix of it: that log is not anchored any more", true),
        /** Three transactions in a row were refused by the contract. Nothing is sent any more: each costs. */
        REVERTS("the contract has refused three claims in a row: nothing is anchored any more", true),
        /** The submitter's account has sent something we do not know: somebody else has its key. Anchoring goes on. */
        FOREIGN_TRANSACTION("the submitter's account has sent a transaction that is not ours: who has its key?", true),
        /** The node, the contract, the log's roles or the key are not as configured. */
        CHAIN_REFUSED("the chain, the contract or its roles are not as configured: nothing is anchored", false),
        /** The contract does not know the log: its admin has to create it. */
        NO_LOG("the contract does not know this year's log: its admin has to create it", false),
        /** The node does not answer, or nothing it answers helps. */
        UNREACHABLE("the chain's node does not answer: anchoring waits", false);

        private final String text;
        private final boolean lasting;

        Alarm(String text, boolean lasting) {
            this.text = text;
            this.lasting = lasting;
        }
    }

    synchronized void raise(Alarm alarm) {
        if (raised.add(alarm)) {
            if (alarm.lasting) {
                LOG.errorf("ledger_%s: %s", alarm.name().toLowerCase(java.util.Locale.ROOT), alarm.text);
            } else {
                LOG.warn(alarm.text);
            }
        }
    }

    /** This log's chain has another history than ours. */
    synchronized void fork(Origin origin) {
        if (forked.add(origin)) {
            LOG.errorf("ledger_fork: of log %s", origin);
        }
        raise(Alarm.FORK);
    }

    /** What passes by itself has passed. */
    synchronized void clear(Alarm alarm) {
        if (!alarm.lasting && raised.remove(alarm)) {
            LOG.infof("over: %s", alarm.text);
        }
    }

    synchronized boolean has(Alarm alarm) {
        return raised.contains(alarm);
    }

    synchronized boolean isForked(Origin origin) {
        return forked.contains(origin);
    }

    /** In the order of their weight. */
    synchronized Set<Alarm> alarms() {
        return raised.isEmpty() ? Set.of() : EnumSet.copyOf(raised);
    }
}
