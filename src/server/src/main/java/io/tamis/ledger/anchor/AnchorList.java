package io.tamis.ledger.anchor;

import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.log.Origin;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** The table of anchors as readers see it, newest first. */
@Singleton
class AnchorList {
    private final Jdbi jdbi;

    AnchorList(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** One anchor, and the number that orders them. */
    record Item(long id, Json.Obj toJson) {}

    /** Older than this one. */
    List<Item> page(long before, int max) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT * FROM ledger_anchor WHERE id < :before ORDER BY id DESC LIMIT :max")
                .bind("before", before)
                .bind("max", max)
                .map((row, context) -> item(row))
                .list());
    }

    /** The largest head of this log that is anchored. */
    Optional<Item> newest(Origin origin) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                SELECT * FROM ledger_anchor WHERE origin = :origin AND state = 'FINAL' ORDER BY size DESC, id LIMIT 1""")
                .bind("origin", origin.value())
                .map((row, context) -> item(row))
                .findOne());
    }

    private static Item item(ResultSet row) throws SQLException {
        var head = AnchorRows.head(row);
        var json = Json.object()
                .put("origin", row.getString("origin"))
                .put("size", head.size())
                .put("root", head.root().hex())
                .put("state", row.getString("state"))
                .put("chainId", row.getLong("chain_id"))
                .put("contract", row.getString("contract"))
                .put("logId", hex(row.getBytes("chain_log")))
                .put(
                        "at",
                        AnchorRows.instant(row, "sent_at")
                                .truncatedTo(ChronoUnit.MILLIS)
                                .toString());
        json.putIfPresent(
                "transaction", Optional.ofNullable(row.getBytes("tx_hash")).map(AnchorList::hex));
        if (row.getBytes("block_hash") != null) {
            json.put("block", row.getLong("block_no")).put("blockHash", hex(row.getBytes("block_hash")));
        }
        return new Item(row.getLong("id"), json.build());
    }

    private static String hex(byte[] hash) {
        return "0x" + Hash.of(hash).hex();
    }
}
