package io.tamis.holder.ceremony;

import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.PartyId;
import io.tamis.he.HeParams;
import io.tamis.he.KeyEpoch;
import io.tamis.he.Tuple;
import io.tamis.he.threshold.HolderIndex;
import io.tamis.holder.Message;
import io.tamis.holder.MessageContext;
import io.tamis.holder.Roster;

/**
 * What a ceremony is about: who makes which key. Every message is bound to it.
 *
 * @param id fresh for each ceremony; an aborted one is not taken up again
 * @param epoch the number the key will have; the server chooses it when it opens the ceremony
 */
public record CeremonyTerms(CeremonyId id, KeyEpoch epoch, Roster roster) {
    /** The context of its messages: its id. */
    public MessageContext context() {
        return new MessageContext(id.toString());
    }

    /** Tuple("tamis-ceremony-v1", roster's hash, id as text, epoch): the transcript before anything is said. */
    public Hash hash() {
        return Tuple.of("tamis-ceremony-v1")
                .hash(roster.hash())
                .text(id.toString())
                .number(epoch.number())
                .sha256();
    }

    /** Refuses parameters that are not those the roster names. */
    void require(HeParams params) {
        if (!params.profile().equals(roster.profile().value())
                || params.lambda() != roster.limit().lambda()) {
            throw new DataException(Code.INVALID_REQUEST);
        }
    }

    HolderIndex index(PartyId party) {
        return new HolderIndex(roster.index(party).orElseThrow());
    }

    Message message(Stage stage, PartyId from, Json.Obj body) {
        return new Message(stage.type(), roster.hash(), context(), from, body);
    }
}
