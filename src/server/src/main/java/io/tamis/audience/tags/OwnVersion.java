package io.tamis.audience.tags;

import io.tamis.audience.board.BoardException;
import io.tamis.catalog.Catalog;
import io.tamis.catalog.Snapshot;
import io.tamis.catalog.order.PositionMap;
import io.tamis.catalog.order.Positions;
import io.tamis.crypto.SecretBytes;
import io.tamis.data.Actor;
import io.tamis.data.Code;
import io.tamis.data.DatasetId;
import io.tamis.data.Json;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** A version as its owner may see it: others are told that there is none. */
@Singleton
class OwnVersion {
    private final Catalog catalog;
    private final Positions positions;

    OwnVersion(Catalog catalog, Positions positions) {
        this.catalog = catalog;
        this.positions = positions;
    }

    /** The version, of a dataset of the caller's party. */
    Snapshot snapshot(Actor owner, DatasetId dataset, int version) {
        boolean own = Optional.ofNullable(catalog.policy().datasets().get(dataset))
                .filter(declared -> declared.owner().equals(owner.party()))
                .isPresent();
        if (!own || version > Snapshot.VERSION_MAX) {
            throw new BoardException(Code.NOT_FOUND);
        }
        return catalog.snapshot(dataset, version).orElseThrow(() -> new BoardException(Code.NOT_FOUND));
    }

    /** The order of its persons. */
    PositionMap order(Snapshot snapshot) {
        return positions.of(snapshot);
    }

    /**
     * What the owner needs to come to the same order. The key is shown again whenever it is asked for: it is worth
     * nothing to who has not the persons, and the owner has them.
     */
    Json.Obj shown(Snapshot snapshot) {
        PositionMap order = positions.of(snapshot);
        try (SecretBytes key = positions.key(snapshot)) {
            byte[] bytes = key.reveal();
            try {
                return Json.object()
                        .put("dataset", snapshot.id().value())
                        .put("version", snapshot.version())
                        .put("orderKey", Base64.getEncoder().encodeToString(bytes))
                        .put("orderHash", order.orderHash().hex())
                        .put("persons", order.persons())
                        .build();
            } finally {
                Arrays.fill(bytes, (byte) 0);
            }
        }
    }
}
