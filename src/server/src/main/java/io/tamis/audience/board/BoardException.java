package io.tamis.audience.board;

import io.tamis.data.Code;
import io.tamis.data.EventId;
import io.tamis.data.Json;
import io.tamis.data.TamisException;
import java.util.Optional;

/** A request about key epochs, rounds or ciphertexts that cannot be answered as asked. */
public final class BoardException extends TamisException {
    private static final long serialVersionUID = 1L;

    private final transient Optional<EventId> event;

    /** An exception with this code. */
    public BoardException(Code code) {
        super(code);
        this.event = Optional.empty();
    }

    /** An exception with this code; the cause is for our own log only. */
    public BoardException(Code code, Throwable cause) {
        super(code, cause);
        this.event = Optional.empty();
    }

    private BoardException(TamisException refusal, EventId event) {
        super(refusal.code(), refusal);
        this.event = Optional.of(event);
    }

    /** The refusal again, with the entry that records it. */
    public static BoardException recorded(TamisException refusal, EventId event) {
        return new BoardException(refusal, event);
    }

    @Override
    public Json.Obj members() {
        return Json.object()
                .putIfPresent("eventId", event.map(EventId::toString))
                .build();
    }
}
