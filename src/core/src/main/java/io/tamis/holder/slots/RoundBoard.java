package io.tamis.holder.slots;

import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.PartyId;
import io.tamis.holder.Roster;
import io.tamis.holder.SignedMessage;
import java.util.List;
import java.util.Set;

/**
 * What the server shows of a round, or an auditor has of it.
 *
 * @param messages in any order
 * @param closed the steps whose time is over: {@code COINS} then goes on with whoever has spoken, {@code REVEALS} makes the
 *     round void, {@code OPENING} fails the platform
 * @param refuted holders whose accusation the reader has found wrong with {@link SlotAudit}
 */
public record RoundBoard(List<SignedMessage> messages, Set<RoundStep> closed, Set<PartyId> refuted) {
    /** Most messages: the platform's two, three of every holder, and as many that prove a fault. */
    public static final int MESSAGES_MAX = 2 * (2 + 3 * Roster.HOLDERS_MAX);

    public RoundBoard {
        messages = List.copyOf(messages);
        closed = Set.copyOf(closed);
        refuted = Set.copyOf(refuted);
        if (messages.size() > MESSAGES_MAX || refuted.size() > Roster.HOLDERS_MAX) {
            throw new DataException(Code.TOO_LARGE);
        }
    }

    /** A board on which all are in time. */
    public static RoundBoard of(List<SignedMessage> messages) {
        return new RoundBoard(messages, Set.of(), Set.of());
    }
}
