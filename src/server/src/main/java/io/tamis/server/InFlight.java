package io.tamis.server;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.tamis.data.Code;
import io.tamis.data.IdSource;
import io.tamis.data.Json;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.Semaphore;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * How many requests are answered at once. Virtual threads are cheap, what they start is not: beyond the limit a caller is
 * told at once to come back, instead of waiting in a queue nobody sees.
 */
@Singleton
class InFlight {
    private static final int PRIORITY = 1000;

    private final Semaphore free;
    private final IdSource ids;

    InFlight(@ConfigProperty(name = "tamis.limits.requests-in-flight") int limit, IdSource ids) {
        this.free = new Semaphore(limit);
        this.ids = ids;
    }

    void register(@Observes Filters filters) {
        filters.register(this::admit, PRIORITY);
    }

    private void admit(RoutingContext request) {
        // Health and metrics stay visible when the service is full: that is when they are read.
        if (!request.request().path().startsWith("/v1/")) {
            request.next();
            return;
        }
        if (!free.tryAcquire()) {
            Code code = Code.NOT_READY;
            request.response()
                    .setStatusCode(code.status())
                    .putHeader("Content-Type", Problems.PROBLEM_JSON)
                    .putHeader("Retry-After", "1")
                    .end(Json.object()
                            .put("type", code.documentation())
                            .put("title", code.title())
                            .put("status", code.status())
                            .put("code", code.name())
                            .put("requestId", ids.next().toString())
                            .build()
                            .canonical());
            return;
        }
        request.addEndHandler(ended -> free.release());
        request.next();
    }
}
