package io.tamis.audience.tags;

import io.tamis.audience.board.BoardId;
import io.tamis.data.DatasetId;
import io.tamis.data.EventId;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.PartyId;
import io.tamis.he.KeyEpoch;
import io.tamis.holder.TagSpec;
import io.tamis.holder.slots.RoundStep;
import io.tamis.holder.slots.SlotContext;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The rows of rounds. Every method takes part in the caller's transaction. */
final class RoundRows {
    private static final String SELECT = "SELECT r.*, c.roster_hash FROM audience_round r"
            + " JOIN audience_key_epoch e USING (key_epoch) JOIN audience_ceremony c USING (ceremony)";

    private RoundRows() {}

    /** What a round waits for, or how it ended. */
    enum State {
        COINS,
        REVEALS,
        OPENING,
        VERDICTS,
        PASSED,
        FAILED,
        VOID;

        boolean over() {
            return this == FAILED || this == VOID;
        }
    }

    /** What there is to be encrypted: fixed when the round is opened. */
    record Extent(Hash orderHash, int persons, int blocks, int slots, long bytes) {}

    /**
     * A round.
     *
     * @param fault of the platform, when it failed
     * @param closed steps whose time is over
     * @param refuted holders whose accusation was found wrong
     * @param stateAt since when it waits
     */
    record Row(
            BoardId id,
            SlotContext context,
            Extent extent,
            State state,
            String fault,
            Set<RoundStep> closed,
            Set<PartyId> refuted,
            EventId event,
            Instant openedAt,
            Instant stateAt) {
        Row {
            closed = Set.copyOf(closed);
            refuted = Set.copyOf(refuted);
        }
    }

    /** Holds off every other opening of a round of this dataset until the transaction ends. */
    static void lock(Handle tx, DatasetId dataset) {
        tx.createQuery("SELECT 1 FROM pg_advisory_xact_lock(hashtextextended(:name, 0))")
                .bind("name", "tamis-audience/rounds/" + dataset)
                .mapTo(Integer.class)
                .one();
    }

    /** The rounds of a version in an epoch, by attempt. */
    static List<Row> of(Handle tx, KeyEpoch epoch, DatasetId dataset, int version) {
        return tx.createQuery(SELECT + " WHERE r.key_epoch = :epoch AND r.dataset = :dataset AND r.version = :version"
                        + " ORDER BY r.try LIMIT " + SlotContext.ATTEMPTS_MAX)
                .bind("epoch", epoch.number())
                .bind("dataset", dataset.value())
                .bind("version", version)
                .map((row, context) -> row(row))
                .list();
    }

    static Optional<Row> find(Handle tx, BoardId id) {
        return tx.createQuery(SELECT + " WHERE r.round = :id")
                .bind("id", id.value())
                .map((row, context) -> row(row))
                .findOne();
    }

    /** At most {@code max} rounds before this one that stand under active keys, newest first; with a party, of its rosters. */
    static List<Row> standing(Handle tx, String before, Optional<PartyId> holder, int max) {
        String holders = holder.map(party -> Json.array(List.of(
                                Json.object().put("party", party.value()).build()))
                        .canonical())
                .orElse("[]");
        return tx.createQuery(SELECT + " WHERE e.state = 'ACTIVE' AND r.state NOT IN ('FAILED', 'VOID')"
                        + " AND r.round < :before AND c.roster::jsonb -> 'holders' @> CAST(:holders AS jsonb)"
                        + " ORDER BY r.round DESC LIMIT :max")
                .bind("before", before)
                .bind("holders", holders)
                .bind("max", max)
                .map((row, context) -> row(row))
                .list();
    }

    /** The round, in the caller's hands until the transaction ends: {@code UPDATE} alone, {@code SHARE} unchanged. */
    static Optional<Row> held(Handle tx, BoardId id, String lock) {
        return tx.createQuery(SELECT + " WHERE r.round = :id FOR " + lock + " OF r")
                .bind("id", id.value())
                .map((row, context) -> row(row))
                .findOne();
    }

    /** True when the platform has failed a round of any version of this dataset in this epoch. */
    static boolean isOut(Handle tx, KeyEpoch epoch, DatasetId dataset) {
        return tx.createQuery("SELECT count(*) FROM audience_round"
                                + " WHERE key_epoch = :epoch AND dataset = :dataset AND state = 'FAILED'")
                        .bind("epoch", epoch.number())
                        .bind("dataset", dataset.value())
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    /** Rounds of any version of this dataset in this epoch that became void after coins were shown: each was one more chance. */
    static int voids(Handle tx, KeyEpoch epoch, DatasetId dataset) {
        return tx.createQuery("SELECT count(*) FROM audience_round WHERE key_epoch = :epoch AND dataset = :dataset"
                        + " AND state = 'VOID' AND (closed LIKE '%REVEALS%' OR closed LIKE '%VERDICTS%')")
                .bind("epoch", epoch.number())
                .bind("dataset", dataset.value())
                .mapTo(Integer.class)
                .one();
    }

    /** Bytes that a party's standing rounds have, or may still get, in keys that are active. */
    static long bytes(Handle tx, PartyId party) {
        return tx.createQuery("SELECT coalesce(sum(r.bytes), 0)::bigint FROM audience_round r"
                        + " JOIN audience_key_epoch e USING (key_epoch)"
                        + " WHERE r.party = :party AND r.state NOT IN ('FAILED', 'VOID') AND e.state = 'ACTIVE'")
                .bind("party", party.value())
                .mapTo(Long.class)
                .one();
    }

    static void insert(Handle tx, Row row, List<TagSpec> tags) {
        var context = row.context();
        tx.createUpdate("INSERT INTO audience_round VALUES (:id, :epoch, :dataset, :version, :try, :party, :order,"
                        + " :persons, :blocks, :slots, :bytes, :state, '', '', '', :event, :at, :at)")
                .bind("id", row.id().value())
                .bind("epoch", context.keyEpoch().number())
                .bind("dataset", context.dataset().value())
                .bind("version", context.version())
                .bind("try", context.attempt())
                .bind("party", context.platform().value())
                .bind("order", row.extent().orderHash().bytes())
                .bind("persons", row.extent().persons())
                .bind("blocks", row.extent().blocks())
                .bind("slots", row.extent().slots())
                .bind("bytes", row.extent().bytes())
                .bind("state", row.state().name())
                .bind("event", row.event().value())
                .bind("at", row.openedAt().atOffset(ZoneOffset.UTC))
                .execute();
        for (int place = 0; place < tags.size(); place++) {
            tx.createUpdate("INSERT INTO audience_tag VALUES (:round, :place, :name, :spec)")
                    .bind("round", row.id().value())
                    .bind("place", place)
                    .bind("name", tags.get(place).name().value())
                    .bind("spec", tags.get(place).json().canonical())
                    .execute();
        }
    }

    /** Writes what of a round changes. */
    static void update(Handle tx, Row row) {
        tx.createUpdate(
                        "UPDATE audience_round SET state = :state, fault = :fault, closed = :closed, refuted = :refuted,"
                                + " event_id = :event, state_at = :at WHERE round = :id")
                .bind("state", row.state().name())
                .bind("fault", row.fault())
                .bind("closed", row.closed().stream().map(Enum::name).sorted().collect(Collectors.joining(",")))
                .bind(
                        "refuted",
                        new TreeSet<>(row.refuted())
                                .stream().map(PartyId::value).collect(Collectors.joining(",")))
                .bind("event", row.event().value())
                .bind("at", row.stateAt().atOffset(ZoneOffset.UTC))
                .bind("id", row.id().value())
                .execute();
    }

    /** The tags of a round, in the order of their slots. */
    static List<TagSpec> tags(Handle tx, BoardId id) {
        return tx.createQuery("SELECT spec FROM audience_tag WHERE round = :id ORDER BY place")
                .bind("id", id.value())
                .map((row, context) -> TagSpec.read(Json.parse(row.getString(1))))
                .list();
    }

    private static Row row(ResultSet row) throws SQLException {
        var context = new SlotContext(
                Hash.of(row.getBytes("roster_hash")),
                new KeyEpoch(row.getLong("key_epoch")),
                new DatasetId(row.getString("dataset")),
                row.getInt("version"),
                new PartyId(row.getString("party")),
                row.getInt("try"));
        return new Row(
                new BoardId(row.getString("round")),
                context,
                new Extent(
                        Hash.of(row.getBytes("order_hash")),
                        row.getInt("persons"),
                        row.getInt("blocks"),
                        row.getInt("slots"),
                        row.getLong("bytes")),
                State.valueOf(row.getString("state")),
                row.getString("fault"),
                steps(row.getString("closed")),
                parties(row.getString("refuted")),
                new EventId(row.getObject("event_id", UUID.class)),
                row.getObject("opened_at", OffsetDateTime.class).toInstant(),
                row.getObject("state_at", OffsetDateTime.class).toInstant());
    }

    private static Set<RoundStep> steps(String text) {
        var steps = EnumSet.noneOf(RoundStep.class);
        words(text).forEach(word -> steps.add(RoundStep.valueOf(word)));
        return steps;
    }

    private static Set<PartyId> parties(String text) {
        return words(text).stream().map(PartyId::new).collect(Collectors.toSet());
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split(",")).filter(word -> !word.isEmpty()).toList();
    }
}
