package io.tamis.cli.audit;

import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.log.Checkpoint;
import io.tamis.log.Origin;
import io.tamis.log.RightEdge;
import io.tamis.log.TreeHead;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Where an audit left off: enough to go on with new entries only. The facts, the entries that later ones are held against,
 * follow it in its file ({@link StateFile}).
 *
 * @param origin of the newest log audited
 * @param edge its tree
 * @param note its checkpoint with all signatures, to show if the log ever denies it
 * @param order how many entries all logs have had, those of earlier years too
 * @param opaque how many were of a type that auditor did not know
 * @param anchored the newest anchor compared
 */
record SavedState(
        Origin origin, RightEdge edge, String note, long order, long opaque, Optional<TreeHead> anchored, Facts facts) {
    private static final int VERSION = 2;
    private static final int NOTE_LENGTH_MAX = 1 << 16;
    private static final int ORIGIN_LENGTH_MAX = 128;
    private static final int PEAKS_MAX = 63;

    /** How many facts follow, and the SHA-256 of their lines. */
    record Facts(long count, Hash digest) {
        Facts {
            Objects.requireNonNull(digest);
        }
    }

    SavedState {
        Objects.requireNonNull(origin);
        Objects.requireNonNull(edge);
        Objects.requireNonNull(note);
        Objects.requireNonNull(anchored);
        Objects.requireNonNull(facts);
    }

    Checkpoint checkpoint() {
        return new Checkpoint(origin, edge.head());
    }

    Json.Obj toJson() {
        var json = Json.object()
                .put("v", VERSION)
                .put("origin", origin.value())
                .put("size", edge.size())
                .put("root", edge.head().root().hex())
                .put("peaks", Json.strings(edge.peaks().stream().map(Hash::hex).toList()))
                .put("note", note)
                .put("order", order)
                .put("opaque", opaque)
                .put("facts", facts.count)
                .put("factsDigest", facts.digest.hex());
        anchored.ifPresent(head -> json.put(
                "anchored",
                Json.object()
                        .put("size", head.size())
                        .put("root", head.root().hex())
                        .build()));
        return json.build();
    }

    /** Reads what {@link #toJson} wrote; a root that is not that of the peaks is refused. */
    static SavedState fromJson(Json json) {
        var fields = new JsonFields(json);
        fields.integer("v", VERSION, VERSION);
        long size = fields.integer("size", 0, Json.Int.MAGNITUDE_MAX);
        var root = Hash.parse(fields.string("root", 2 * Hash.LENGTH));
        List<Hash> peaks =
                fields.optionalList("peaks", PEAKS_MAX, peak -> Hash.parse(JsonFields.text(peak, 2 * Hash.LENGTH)));
        var edge = new RightEdge(size, peaks);
        if (!edge.head().equals(new TreeHead(size, root))) {
            throw StateFile.damaged();
        }
        var state = new SavedState(
                new Origin(fields.string("origin", ORIGIN_LENGTH_MAX)),
                edge,
                fields.string("note", NOTE_LENGTH_MAX),
                fields.integer("order", size, Json.Int.MAGNITUDE_MAX),
                fields.integer("opaque", 0, Json.Int.MAGNITUDE_MAX),
                fields.optionalObject("anchored").map(SavedState::head),
                new Facts(
                        fields.integer("facts", 0, Json.Int.MAGNITUDE_MAX),
                        Hash.parse(fields.string("factsDigest", 2 * Hash.LENGTH))));
        fields.end();
        return state;
    }

    private static TreeHead head(JsonFields fields) {
        var head = new TreeHead(
                fields.integer("size", 0, Json.Int.MAGNITUDE_MAX), Hash.parse(fields.string("root", 2 * Hash.LENGTH)));
        fields.end();
        return head;
    }
}
