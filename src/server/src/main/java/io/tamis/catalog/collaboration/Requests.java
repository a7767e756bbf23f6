package io.tamis.catalog.collaboration;

import io.tamis.data.Actor;
import io.tamis.data.Code;
import io.tamis.data.CollaborationId;
import io.tamis.data.DataException;
import io.tamis.data.DatasetId;
import io.tamis.data.Json;
import io.tamis.data.PartyId;
import io.tamis.data.RateWindow;
import io.tamis.ledger.CurrentActor;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.function.Function;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Who asks, how often, and what requests have in common. */
@Singleton
class Requests {
    /** Greatest body but for uploads. */
    private static final int BODY_BYTES_MAX = 1 << 20;

    private final CurrentActor caller;
    private final RateWindow<PartyId> changes;
    private final int perMinute;

    Requests(
            CurrentActor caller,
            InstantSource clock,
            @ConfigProperty(name = "tamis.limits.collaboration-changes-per-minute") int perMinute) {
        this.caller = caller;
        this.changes = new RateWindow<>(clock);
        this.perMinute = perMinute;
    }

    /** The caller of a request that reads. */
    Actor reader() {
        return caller.actor();
    }

    /** The caller of a request that changes something; its party may make so many a minute. */
    Actor changer() {
        Actor actor = caller.actor();
        if (!changes.take(actor.party(), perMinute).granted()) {
            throw new CollaborationException(Code.RATE_LIMITED);
        }
        return actor;
    }

    /** The body; one byte over the limit is refused before it is held. */
    static Json body(InputStream body) {
        try {
            byte[] bytes = body.readNBytes(BODY_BYTES_MAX + 1);
            if (bytes.length > BODY_BYTES_MAX) {
                throw new CollaborationException(Code.TOO_LARGE);
            }
            return Json.parse(bytes);
        } catch (IOException brokenOff) {
            throw new CollaborationException(Code.INVALID_REQUEST, brokenOff);
        }
    }

    /** A collaboration named in a path: what cannot be one is not there. */
    static CollaborationId collaboration(String name) {
        return named(name, CollaborationId::new);
    }

    /** A dataset named in a path: what cannot be one is not there. */
    static DatasetId dataset(String name) {
        return named(name, DatasetId::new);
    }

    private static <T> T named(String name, Function<String, T> id) {
        try {
            return id.apply(name);
        } catch (DataException malformed) {
            throw new CollaborationException(Code.NOT_FOUND, malformed);
        }
    }
}
