package io.tamis.audience.tags;

import io.tamis.audience.board.BoardException;
import io.tamis.audience.board.BoardId;
import io.tamis.audience.board.Boards;
import io.tamis.audience.keys.KeyEpochs;
import io.tamis.audience.keys.KeyStanding;
import io.tamis.audience.tags.RoundRows.Extent;
import io.tamis.audience.tags.RoundRows.Row;
import io.tamis.audience.tags.RoundRows.State;
import io.tamis.catalog.Snapshot;
import io.tamis.catalog.order.PositionMap;
import io.tamis.data.Actor;
import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.Dataset;
import io.tamis.data.IdSource;
import io.tamis.data.Use;
import io.tamis.he.CipherKind;
import io.tamis.he.Ciphertext;
import io.tamis.he.HeException;
import io.tamis.he.HeParams;
import io.tamis.he.KeyEpoch;
import io.tamis.he.SignedBody;
import io.tamis.holder.SignedMessage;
import io.tamis.holder.TagSpec;
import io.tamis.holder.slots.Round;
import io.tamis.holder.slots.RoundBoard;
import io.tamis.holder.slots.RoundStanding;
import io.tamis.holder.slots.SlotContext;
import io.tamis.holder.slots.SlotPlan;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Opens rounds: the platform's signed plan is the first message of its board. */
@Singleton
class RoundOpening {
    private static final int CONTEXT_PARTS = 6;

    private final Jdbi jdbi;
    private final Boards boards;
    private final KeyEpochs epochs;
    private final Schemes schemes;
    private final TagMinutes minutes;
    private final IdSource ids;
    private final long bytesMax;

    RoundOpening(
            Jdbi jdbi,
            Boards boards,
            KeyEpochs epochs,
            Schemes schemes,
            TagMinutes minutes,
            IdSource ids,
            @ConfigProperty(name = "tamis.limits.tag-bytes") long bytesMax) {
        this.jdbi = jdbi;
        this.boards = boards;
        this.epochs = epochs;
        this.schemes = schemes;
        this.minutes = minutes;
        this.ids = ids;
        this.bytesMax = bytesMax;
    }

    /** A round, and whether this request opened it. */
    record Opened(Row row, boolean now) {}

    /**
     * Opens a round with this plan, or gives the one that the same plan opened. KEY_EPOCH_MISSING when its key is not
     * active, SLOT_REFUSED when the platform has failed an audit of this dataset under it, or too many rounds of it were void after
     * coins were shown, STATE_CONFLICT when another
     * round stands or the plan is not of the next attempt, TOO_LARGE beyond what a party may store.
     */
    Opened open(Actor platform, Snapshot snapshot, PositionMap order, SignedMessage plan) {
        SlotContext context = context(plan, snapshot);
        if (!context.platform().equals(platform.party())) {
            throw new BoardException(Code.INVALID_REQUEST);
        }
        return jdbi.inTransaction(tx -> {
            RoundRows.lock(tx, snapshot.id());
            var rounds = RoundRows.of(tx, context.keyEpoch(), snapshot.id(), snapshot.version());
            Optional<Row> same = rounds.stream()
                    .filter(row -> boards.message(tx, row.id(), plan.hash()).isPresent())
                    .findFirst();
            if (same.isPresent()) {
                return new Opened(same.get(), false);
            }
            KeyStanding key = epochs.hold(tx, context.keyEpoch());
            if (RoundRows.isOut(tx, context.keyEpoch(), snapshot.id())
                    || RoundRows.voids(tx, context.keyEpoch(), snapshot.id()) >= SlotContext.VOIDS_MAX) {
                throw new BoardException(Code.SLOT_REFUSED);
            }
            boolean standing = rounds.stream().anyMatch(row -> !row.state().over());
            if (standing || context.attempt() != rounds.size() + 1) {
                throw new BoardException(Code.STATE_CONFLICT);
            }
            SlotPlan slots = plan(key, context, plan);
            Extent extent = extent(schemes.params(key), order, snapshot, slots);
            if (RoundRows.bytes(tx, platform.party()) + extent.bytes() > bytesMax) {
                throw new BoardException(Code.TOO_LARGE);
            }
            return new Opened(insert(tx, platform, context, extent, plan, slots), true);
        });
    }

    /** Written {@code slots/<key epoch>/<dataset>/<version>/<platform>/<attempt>}, of this version. */
    private static SlotContext context(SignedMessage plan, Snapshot snapshot) {
        var message = plan.message();
        String[] parts = message.context().value().split("/", -1);
        try {
            if (parts.length != CONTEXT_PARTS) {
                throw new BoardException(Code.INVALID_REQUEST);
            }
            var context = new SlotContext(
                    message.roster(),
                    new KeyEpoch(Long.parseLong(parts[1])),
                    snapshot.id(),
                    snapshot.version(),
                    message.from(),
                    Integer.parseInt(parts[5]));
            if (!context.messages().equals(message.context())) {
                throw new BoardException(Code.INVALID_REQUEST);
            }
            return context;
        } catch (DataException | HeException | NumberFormatException malformed) {
            throw new BoardException(Code.INVALID_REQUEST, malformed);
        }
    }

    /** The plan, when it is signed by the platform of the roster and well formed. */
    private static SlotPlan plan(KeyStanding key, SlotContext context, SignedMessage signed) {
        Round round = Round.read(key.roster(), context, RoundBoard.of(List.of(signed)));
        if (!key.roster().hash().equals(context.roster()) || !(round.standing() instanceof RoundStanding.Open)) {
            throw new BoardException(Code.INVALID_REQUEST);
        }
        return round.plan().orElseThrow(() -> new BoardException(Code.INVALID_REQUEST));
    }

    /** What the plan asks for, when it is of these persons and declared columns. */
    private static Extent extent(HeParams params, PositionMap order, Snapshot snapshot, SlotPlan plan) {
        boolean fits = plan.paramsId().equals(params.paramsId())
                && plan.fold() == SlotPlan.FOLD
                && order.persons() > 0
                && plan.blocks() == Math.ceilDiv(order.persons(), params.n())
                && plan.persons().orElse(order.persons()) == order.persons()
                && plan.tags().stream().allMatch(tag -> isOf(snapshot.dataset(), tag));
        if (!fits) {
            throw new BoardException(Code.INVALID_REQUEST);
        }
        long each = (long) Ciphertext.length(params, CipherKind.PUBLIC_KEY) + SignedBody.SIGNATURE_LENGTH;
        return new Extent(order.orderHash(), order.persons(), plan.blocks(), plan.slots(), each * plan.slots());
    }

    /** Of a column that may be aggregated, or is only to be encrypted, with the bounds or allowed values that are declared. */
    private static boolean isOf(Dataset dataset, TagSpec tag) {
        return dataset.column(tag.column())
                .filter(tag::isOf)
                .filter(column -> column.allows(Use.ENCRYPTED_ONLY) || column.allows(Use.AGGREGATE_ONLY))
                .isPresent();
    }

    private Row insert(
            Handle tx, Actor platform, SlotContext context, Extent extent, SignedMessage plan, SlotPlan slots) {
        Instant now = minutes.now();
        var id = BoardId.round(ids.next());
        boards.open(tx, id, now);
        boards.add(tx, id, plan, now);
        var event = minutes.committed(tx, platform, id, context, plan.hash());
        var row = new Row(id, context, extent, State.COINS, "", Set.of(), Set.of(), event, now, now);
        RoundRows.insert(tx, row, slots.tags());
        return row;
    }
}
