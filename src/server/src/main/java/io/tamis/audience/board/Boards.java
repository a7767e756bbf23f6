package io.tamis.audience.board;

import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.PartyId;
import io.tamis.holder.MessageType;
import io.tamis.holder.SignedMessage;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Bulletin boards: one message of each type from each party, kept as it came. Whether it may be posted now is the business
 * of the board's owner, who locks its own row; whether what it says is right is that of the key holders who read it.
 */
@Singleton
public final class Boards {
    /** Most messages of a board: the ceremony of 8 holders has 72, a round of 8 fewer. */
    public static final int MESSAGES_MAX = 144;

    /** A message as a board lists it. */
    public record Posted(MessageType type, PartyId from, Hash hash, Instant at) {
        /** Its row in an answer. */
        public Json.Obj json() {
            return Json.object()
                    .put("type", type.value())
                    .put("from", from.value())
                    .put("hash", hash.hex())
                    .put("postedAt", at.toString())
                    .build();
        }
    }

    /** A new, empty board. */
    public void open(Handle tx, BoardId board, Instant now) {
        tx.createUpdate("INSERT INTO audience_board VALUES (:board, :at)")
                .bind("board", board.value())
                .bind("at", now.atOffset(ZoneOffset.UTC))
                .execute();
    }

    /** Puts a message behind the others. The caller has looked that this party has said nothing of this type. */
    public void add(Handle tx, BoardId board, SignedMessage signed, Instant now) {
        var message = signed.message();
        tx.createUpdate("INSERT INTO audience_message SELECT :board, 1 + count(*), :type, :party, :hash, :content, :at"
                        + " FROM audience_message WHERE board = :board")
                .bind("board", board.value())
                .bind("type", message.type().value())
                .bind("party", message.from().value())
                .bind("hash", signed.hash().bytes())
                .bind("content", signed.toJson().canonical())
                .bind("at", now.atOffset(ZoneOffset.UTC))
                .execute();
    }

    /** What a party has said of this type. */
    public Optional<Posted> said(Handle tx, BoardId board, MessageType type, PartyId party) {
        return tx.createQuery("SELECT type, party, hash, posted_at FROM audience_message"
                        + " WHERE board = :board AND type = :type AND party = :party")
                .bind("board", board.value())
                .bind("type", type.value())
                .bind("party", party.value())
                .map((row, context) -> posted(row))
                .findOne();
    }

    /** The board's messages, in the order in which they came. */
    public List<Posted> list(Handle tx, BoardId board) {
        return tx.createQuery("SELECT type, party, hash, posted_at FROM audience_message"
                        + " WHERE board = :board ORDER BY place LIMIT " + MESSAGES_MAX)
                .bind("board", board.value())
                .map((row, context) -> posted(row))
                .list();
    }

    /** The board's messages whole, in the order in which they came. */
    public List<SignedMessage> messages(Handle tx, BoardId board) {
        return tx.createQuery("SELECT content FROM audience_message WHERE board = :board ORDER BY place LIMIT "
                        + MESSAGES_MAX)
                .bind("board", board.value())
                .map((row, context) -> SignedMessage.fromJson(Json.parse(row.getString(1))))
                .list();
    }

    /** One message as it was signed, in canonical JSON. */
    public Optional<String> message(Handle tx, BoardId board, Hash hash) {
        return tx.createQuery("SELECT content FROM audience_message WHERE board = :board AND hash = :hash")
                .bind("board", board.value())
                .bind("hash", hash.bytes())
                .mapTo(String.class)
                .findOne();
    }

    private static Posted posted(ResultSet row) throws SQLException {
        return new Posted(
                new MessageType(row.getString("type")),
                new PartyId(row.getString("party")),
                Hash.of(row.getBytes("hash")),
                row.getObject("posted_at", OffsetDateTime.class).toInstant());
    }
}
