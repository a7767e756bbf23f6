package io.tamis.ledger.anchor;

import io.tamis.data.Hash;
import io.tamis.ledger.Anchors;
import io.tamis.log.Origin;
import io.tamis.log.TreeHead;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;

/**
 * The table of what was sent and what is anchored. Every method is one transaction, and none of them asks the chain: what it
 * writes was true when the caller looked.
 */
@Singleton
final class AnchorRows implements Anchors {
    /** Most transactions looked after at a time; beyond them nothing is sent that could make more. */
    static final int OPEN_MAX = 256;

    private static final int SAME_HEAD_MAX = 16;
    private static final String HERE = " chain_id = :chain AND contract = :contract ";
    private static final String UNSETTLED = " state IN ('SENT', 'REPLACED', 'MINED') ";

    private final Jdbi jdbi;

    AnchorRows(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** What a transaction of ours is, as far as we have seen. */
    enum State {
        SENT,
        REPLACED,
        MINED,
        FINAL,
        REVERTED,
        DROPPED,
        ORPHANED
    }

    /** A transaction of ours. */
    record Sent(long id, Origin origin, TreeHead head, SignedAnchor anchor, State state, Instant at) {
        Sent {
            Objects.requireNonNull(origin);
            Objects.requireNonNull(head);
            Objects.requireNonNull(anchor);
            Objects.requireNonNull(state);
            Objects.requireNonNull(at);
        }

        long nonce() {
            return anchor.slot().nonce();
        }
    }

    /** Records a transaction before it is sent; false when another one that waits has its number. */
    boolean insert(Claim claim, Place place, SignedAnchor anchor, Instant now) {
        return jdbi.withHandle(handle -> insert(handle, claim, place, anchor, now));
    }

    /** Records a transaction that takes the place of another one with its number. */
    boolean replace(Sent before, Claim claim, Place place, SignedAnchor anchor, Instant now) {
        return jdbi.inTransaction(tx -> {
            tx.createUpdate("UPDATE ledger_anchor SET state = 'REPLACED' WHERE id = :id AND state = 'SENT'")
                    .bind("id", before.id())
                    .execute();
            return insert(tx, claim, place, anchor, now);
        });
    }

    private static boolean insert(Handle handle, Claim claim, Place place, SignedAnchor anchor, Instant now) {
        return here(handle.createUpdate("""
                        INSERT INTO ledger_anchor (origin, size, root, chain_id, contract, chain_log, nonce, tx_hash, raw,
                            fee_max, fee_tip, state, sent_at)
                        VALUES (:origin, :size, :root, :chain, :contract, :log, :nonce, :tx, :raw, :max, :tip, 'SENT', :now)
                        ON CONFLICT DO NOTHING"""), place)
                        .bind("log", place.log().bytes())
                        .bind("origin", claim.origin().value())
                        .bind("size", claim.head().size())
                        .bind("root", claim.head().root().bytes())
                        .bind("nonce", anchor.slot().nonce())
                        .bind("tx", anchor.transaction().bytes())
                        .bind("raw", anchor.raw())
                        .bind("max", new BigDecimal(anchor.slot().fee().maxWei()))
                        .bind("tip", new BigDecimal(anchor.slot().fee().tipWei()))
                        .bind("now", now)
                        .execute()
                == 1;
    }

    /** Our transactions in this contract that are not settled, in the order of their numbers. */
    List<Sent> unsettled(Place place) {
        return jdbi.withHandle(handle -> here(
                        handle.createQuery("SELECT * FROM ledger_anchor WHERE" + HERE + "AND" + UNSETTLED
                                + "ORDER BY nonce, id LIMIT " + OPEN_MAX),
                        place)
                .map((row, context) -> sent(row))
                .list());
    }

    /** Every transaction of ours that ever had this number. */
    List<Sent> withNonce(Place place, long nonce) {
        return jdbi.withHandle(handle -> here(
                        handle.createQuery("SELECT * FROM ledger_anchor WHERE" + HERE
                                + "AND nonce = :nonce ORDER BY id DESC LIMIT " + OPEN_MAX),
                        place)
                .bind("nonce", nonce)
                .map((row, context) -> sent(row))
                .list());
    }

    /** It is in a block, not yet a final one; of its number no other one waits. */
    void mined(Place place, Sent one, Fate.Block block) {
        jdbi.useTransaction(tx -> {
            here(
                            tx.createUpdate("UPDATE ledger_anchor SET state = 'REPLACED' WHERE" + HERE
                                    + "AND nonce = :nonce AND id <> :id AND" + UNSETTLED),
                            place)
                    .bind("nonce", one.nonce())
                    .bind("id", one.id())
                    .execute();
            update(tx, one, State.MINED, block);
        });
    }

    /** All of one number wait again, as the block that one of them was in was replaced: the newest for the others. */
    void waitAgain(List<Sent> slot) {
        jdbi.useTransaction(tx -> slot.forEach(sent -> tx.createUpdate("""
                UPDATE ledger_anchor SET state = :state, block_no = NULL, block_hash = NULL
                WHERE id = :id AND state IN ('SENT', 'REPLACED', 'MINED')""")
                .bind("state", (sent.id() == slot.getLast().id() ? State.SENT : State.REPLACED).name())
                .bind("id", sent.id())
                .execute()));
    }

    /** Its number is used up for good: it is anchored or refused, and the others of its number never will be. */
    void ended(Place place, Sent one, State end, Fate.Block block, Instant now) {
        jdbi.useTransaction(tx -> {
            drop(tx, place, one.nonce(), one.id());
            update(tx, one, end, block);
            tx.createUpdate("UPDATE ledger_anchor SET raw = NULL, final_at = :now WHERE id = :id")
                    .bind("now", now)
                    .bind("id", one.id())
                    .execute();
        });
    }

    /** Nothing of ours that has this number will ever be in a block. */
    void dropped(Place place, long nonce) {
        jdbi.useHandle(handle -> drop(handle, place, nonce, 0));
    }

    private static void drop(Handle handle, Place place, long nonce, long exceptId) {
        here(
                        handle.createUpdate("UPDATE ledger_anchor SET state = 'DROPPED', raw = NULL WHERE" + HERE
                                + "AND nonce = :nonce AND id <> :id AND" + UNSETTLED),
                        place)
                .bind("nonce", nonce)
                .bind("id", exceptId)
                .execute();
    }

    private static void update(Handle handle, Sent one, State state, Fate.Block block) {
        handle.createUpdate(
                        "UPDATE ledger_anchor SET state = :state, block_no = :no, block_hash = :hash WHERE id = :id")
                .bind("state", state.name())
                .bind("no", block.number())
                .bind("hash", block.hash().bytes())
                .bind("id", one.id())
                .execute();
    }

    /** Takes back what counted as anchored and is not any more: the chain has gone back behind it. Tells how many. */
    int orphanBeyond(Origin origin, Place place, long settledSize) {
        return jdbi.withHandle(handle -> here(
                        handle.createUpdate("UPDATE ledger_anchor SET state = 'ORPHANED' WHERE" + HERE
                                + "AND origin = :origin AND state = 'FINAL' AND size > :size"),
                        place)
                .bind("origin", origin.value())
                .bind("size", settledSize)
                .execute());
    }

    /** True when this head is known as anchored, or one of our unsettled transactions will say so. */
    boolean accountsFor(Origin origin, Place place, TreeHead settled) {
        return jdbi.withHandle(handle -> here(
                        handle.createQuery("SELECT EXISTS (SELECT 1 FROM ledger_anchor WHERE"
                                + HERE + "AND origin = :origin AND size = :size AND (state = 'FINAL' OR" + UNSETTLED
                                + "))"),
                        place)
                .bind("origin", origin.value())
                .bind("size", settled.size())
                .mapTo(Boolean.class)
                .one());
    }

    /** Transactions given up that would have anchored this head. */
    List<Sent> givenUp(Origin origin, Place place, TreeHead head) {
        return jdbi.withHandle(handle -> here(
                        handle.createQuery("SELECT * FROM ledger_anchor WHERE" + HERE
                                + "AND origin = :origin AND size = :size AND root = :root AND tx_hash IS NOT NULL"
                                + " AND state IN ('DROPPED', 'ORPHANED') ORDER BY id DESC LIMIT " + SAME_HEAD_MAX),
                        place)
                .bind("origin", origin.value())
                .bind("size", head.size())
                .bind("root", head.root().bytes())
                .map((row, context) -> sent(row))
                .list());
    }

    /** This head is anchored, by nothing we have sent. */
    void found(Origin origin, Place place, TreeHead head, Instant now) {
        jdbi.useHandle(handle -> here(handle.createUpdate("""
                        INSERT INTO ledger_anchor (origin, size, root, chain_id, contract, chain_log, state, sent_at, final_at)
                        VALUES (:origin, :size, :root, :chain, :contract, :log, 'FINAL', :now, :now)"""), place)
                .bind("log", place.log().bytes())
                .bind("origin", origin.value())
                .bind("size", head.size())
                .bind("root", head.root().bytes())
                .bind("now", now)
                .execute());
    }

    /** Up to where this log is anchored; 0 before the first anchor. */
    long anchoredSize(Origin origin) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                SELECT coalesce(max(size), 0) FROM ledger_anchor WHERE origin = :origin AND state = 'FINAL'""")
                .bind("origin", origin.value())
                .mapTo(Long.class)
                .one());
    }

    /** When the oldest checkpoint of this log was signed that is larger than the anchored size. */
    Optional<Instant> oldestBeyond(Origin origin, long anchoredSize) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                SELECT created_at FROM ledger_checkpoint JOIN ledger_head USING (log_id)
                WHERE origin = :origin AND ledger_checkpoint.size > :size AND ledger_checkpoint.size > 0
                ORDER BY ledger_checkpoint.size LIMIT 1""")
                .bind("origin", origin.value())
                .bind("size", anchoredSize)
                .map((row, context) -> instant(row, "created_at"))
                .findOne());
    }

    @Override
    public Optional<AnchoredAt> smallestCovering(Origin origin, long index) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                SELECT * FROM ledger_anchor WHERE origin = :origin AND state = 'FINAL' AND size > :index
                ORDER BY size, id LIMIT 1""")
                .bind("origin", origin.value())
                .bind("index", index)
                .map((row, context) -> anchored(row))
                .findOne());
    }

    private static AnchoredAt anchored(ResultSet row) throws SQLException {
        return new AnchoredAt(
                head(row),
                row.getLong("chain_id"),
                row.getString("contract"),
                Hash.of(row.getBytes("chain_log")),
                Optional.ofNullable(row.getBytes("tx_hash")).map(Hash::of));
    }

    static TreeHead head(ResultSet row) throws SQLException {
        return new TreeHead(row.getLong("size"), Hash.of(row.getBytes("root")));
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getTimestamp(column).toInstant();
    }

    private static Sent sent(ResultSet row) throws SQLException {
        var fee = new Fee(wei(row, "fee_max"), wei(row, "fee_tip"));
        // What is ended has no raw form any more, and is never sent again.
        String raw = Optional.ofNullable(row.getString("raw")).orElse("0x");
        return new Sent(
                row.getLong("id"),
                new Origin(row.getString("origin")),
                head(row),
                new SignedAnchor(Hash.of(row.getBytes("tx_hash")), raw, new Slot(row.getLong("nonce"), fee)),
                State.valueOf(row.getString("state")),
                instant(row, "sent_at"));
    }

    private static BigInteger wei(ResultSet row, String column) throws SQLException {
        return row.getBigDecimal(column).toBigIntegerExact();
    }

    private static Query here(Query query, Place place) {
        return query.bind("chain", place.chainId()).bind("contract", place.contract());
    }

    private static Update here(Update update, Place place) {
        return update.bind("chain", place.chainId()).bind("contract", place.contract());
    }
}
