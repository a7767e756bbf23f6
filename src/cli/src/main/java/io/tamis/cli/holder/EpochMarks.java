package io.tamis.cli.holder;

import io.tamis.data.Code;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.holder.ceremony.CeremonyId;
import java.util.Optional;

/**
 * Which key epochs a holder has, and which of them are over. The service can end an epoch here by its bare word, and no more
 * than that: only the holder's operator erases a share, or takes an epoch up again that was called over wrongly.
 */
final class EpochMarks {
    private static final int ID_MAX = 64;

    private final SealedFolder sealed;

    EpochMarks(SealedFolder sealed) {
        this.sealed = sealed;
    }

    /** Marks an epoch as made by this ceremony, whose share and key are stored. */
    void begin(long epoch, CeremonyId ceremony) {
        mark(epoch, ceremony, false);
    }

    /** Which ceremony made the epoch; empty when this holder has none of it. */
    Optional<CeremonyId> ceremony(long epoch) {
        return mark(epoch).map(fields -> CeremonyId.parse(fields.string("ceremony", ID_MAX)));
    }

    /** True when the holder has the epoch and nobody said that it is over. */
    boolean serves(long epoch) {
        return mark(epoch).map(fields -> !fields.flag("ended")).orElse(false);
    }

    /** The epoch is over: nothing is opened or audited under it. Its share stays sealed until {@link #erase}. */
    void end(long epoch) {
        ceremony(epoch).ifPresent(ceremony -> mark(epoch, ceremony, true));
    }

    /**
     * Takes the share of an ended epoch away for good. The mark comes first: a crash between leaves an epoch that is over and can
     * be erased again. {@code STATE_CONFLICT} while the epoch is served.
     */
    void erase(long epoch) {
        requireEnded(epoch);
        sealed.delete(share(epoch));
    }

    /** Serves an epoch again that was called over. {@code STATE_CONFLICT} when it is served, or its share is erased. */
    void resume(long epoch) {
        CeremonyId ceremony = requireEnded(epoch);
        if (sealed.find(share(epoch)).isEmpty()) {
            throw new StoreException(Code.STATE_CONFLICT);
        }
        mark(epoch, ceremony, false);
    }

    static String share(long epoch) {
        return "share-" + epoch;
    }

    private CeremonyId requireEnded(long epoch) {
        CeremonyId ceremony = ceremony(epoch).orElseThrow(() -> new StoreException(Code.NOT_FOUND));
        if (serves(epoch)) {
            throw new StoreException(Code.STATE_CONFLICT);
        }
        return ceremony;
    }

    private Optional<JsonFields> mark(long epoch) {
        return sealed.find(name(epoch)).map(bytes -> new JsonFields(Json.parse(bytes)));
    }

    private void mark(long epoch, CeremonyId ceremony, boolean ended) {
        Json.Obj mark = Json.object()
                .put("ceremony", ceremony.toString())
                .put("ended", new Json.Bool(ended))
                .build();
        sealed.put(name(epoch), mark.canonicalBytes());
    }

    private static String name(long epoch) {
        return "epoch-" + epoch;
    }
}
