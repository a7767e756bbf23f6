package io.tamis.catalog.collaboration;

import io.tamis.data.Code;
import io.tamis.data.EventId;
import io.tamis.data.Json;
import io.tamis.data.TamisException;
import java.util.Optional;

/** A request about a collaboration that cannot be answered as asked; names the ledger entry where there is one. */
public final class CollaborationException extends TamisException {
    private static final long serialVersionUID = 1L;

    private final transient Optional<EventId> event;

    CollaborationException(Code code) {
        super(code);
        event = Optional.empty();
    }

    CollaborationException(Code code, Throwable cause) {
        super(code, cause);
        event = Optional.empty();
    }

    private CollaborationException(TamisException refusal, EventId event) {
        super(refusal.code(), refusal);
        this.event = Optional.of(event);
    }

    /** The refusal again, with the entry that records it. */
    static CollaborationException recorded(TamisException refusal, EventId event) {
        return new CollaborationException(refusal, event);
    }

    @Override
    public Json.Obj members() {
        return Json.object()
                .putIfPresent("eventId", event.map(EventId::toString))
                .build();
    }
}
