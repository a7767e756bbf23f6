package io.tamis.catalog.collaboration;

import io.tamis.catalog.Snapshot;
import io.tamis.data.Code;
import io.tamis.data.DatasetId;
import io.tamis.data.Hash;
import io.tamis.data.Semantic;
import java.util.Objects;

/**
 * A version of a dataset that jobs of a collaboration can use: its persons' collaboration units are derived.
 *
 * @param keyEpoch under which epoch's key; units of two epochs have nothing to do with each other
 * @param semantic what kind of identifier its persons have; units of two kinds have nothing to do with each other
 * @param contentHash of the version; its owner's business
 * @param units exact number of persons; never shown to anybody but the owner, and to them as a refusal only
 */
public record Attachment(
        DatasetId dataset, int version, int keyEpoch, Semantic semantic, Hash contentHash, long units) {
    public Attachment {
        Objects.requireNonNull(dataset);
        Objects.requireNonNull(semantic);
        Objects.requireNonNull(contentHash);
        if (version < 1 || version > Snapshot.VERSION_MAX || keyEpoch < 1 || units < 0) {
            throw new CollaborationException(Code.INTERNAL);
        }
    }
}
