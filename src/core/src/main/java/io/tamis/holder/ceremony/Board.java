package io.tamis.holder.ceremony;

import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.PartyId;
import io.tamis.holder.Roster;
import io.tamis.holder.SignedMessage;
import java.util.List;
import java.util.Set;

/**
 * What the server shows of a ceremony. It is not trusted: messages are checked by whoever reads them.
 *
 * @param messages in any order
 * @param late the parties the server gave up waiting for; it believes them silent in the step that is open
 */
public record Board(List<SignedMessage> messages, Set<PartyId> late) {
    /** Most messages: one of every holder in every step, and as many that prove a fault. */
    public static final int MESSAGES_MAX = 2 * Roster.HOLDERS_MAX * Stage.values().length;

    public Board {
        messages = List.copyOf(messages);
        late = Set.copyOf(late);
        if (messages.size() > MESSAGES_MAX || late.size() > Roster.HOLDERS_MAX) {
            throw new DataException(Code.TOO_LARGE);
        }
    }

    /** A board nobody is late on. */
    public static Board of(List<SignedMessage> messages) {
        return new Board(messages, Set.of());
    }
}
