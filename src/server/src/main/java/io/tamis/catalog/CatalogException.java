package io.tamis.catalog;

import io.tamis.data.Code;
import io.tamis.data.EventId;
import io.tamis.data.Json;
import io.tamis.data.TamisException;

/**
 * What a caller of the catalog could not know beforehand: a version that exists with other content, a digest that does not
 * match, a policy bundle that does not load.
 */
public final class CatalogException extends TamisException {
    private static final long serialVersionUID = 1L;

    private final transient Json.Obj members;

    /** An exception with this code. */
    public CatalogException(Code code) {
        super(code);
        members = Json.object().build();
    }

    private CatalogException(TamisException refusal, Json.Obj members) {
        super(refusal.code(), refusal);
        this.members = members;
    }

    /** The refusal again, with the entry that records it. */
    static CatalogException recorded(TamisException refusal, EventId event) {
        return new CatalogException(refusal, refusal.members().with("eventId", Json.of(event.toString())));
    }

    /** An exception with this code; the cause is for our own log only. */
    public CatalogException(Code code, Throwable cause) {
        super(code, cause);
        members = Json.object().build();
    }

    @Override
    public Json.Obj members() {
        return members;
    }
}
