package io.tamis.server;

import io.tamis.data.IdSource;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;

/** Name of the request being answered: shown to the caller and written to our log, so that the two can be matched. */
@RequestScoped
public class RequestId {
    private final String value;

    @Inject
    RequestId(IdSource ids) {
        this.value = ids.next().toString();
    }

    /** A UUIDv7, made by us. */
    public String value() {
        return value;
    }
}
