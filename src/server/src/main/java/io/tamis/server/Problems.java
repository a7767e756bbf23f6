package io.tamis.server;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.tamis.data.Code;
import io.tamis.data.Json;
import io.tamis.data.TamisException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * The one place where something that went wrong becomes an answer: problem+json (RFC 9457) with a code and fixed text.
 * Never {@code getMessage()}: parsers and databases quote the values they choke on.
 */
@Singleton
public class Problems {
    /** The media type of RFC 9457. */
    static final String PROBLEM_JSON = "application/problem+json";

    private static final Logger LOG = Logger.getLogger(Problems.class);
    private static final int STATUS_REFUSED = 400;

    private final RequestId requestId;

    @Inject
    Problems(RequestId requestId) {
        this.requestId = requestId;
    }

    /** Our own exceptions carry their code; one that is no answer, such as a missing root key, is our failure. */
    @ServerExceptionMapper
    public Response map(TamisException known) {
        boolean answerable = known.code().status() >= STATUS_REFUSED;
        if (known.code() == Code.INTERNAL || !answerable) {
            LOG.errorf("request %s failed, %s: %s", requestId.value(), known.code(), Stack.of(known));
        }
        return answerable
                ? answer(known.code(), known.members())
                : answer(Code.INTERNAL, Json.object().build());
    }

    /** What the framework refuses, by its status. */
    @ServerExceptionMapper
    public Response map(WebApplicationException refused) {
        return answer(codeOf(refused.getResponse().getStatus()), Json.object().build());
    }

    /** No token, or not a valid one. */
    @ServerExceptionMapper(priority = 1)
    public Response map(UnauthorizedException missing) {
        return answer(Code.UNAUTHENTICATED, Json.object().build());
    }

    /** A token that does not verify. */
    @ServerExceptionMapper(priority = 1)
    public Response map(AuthenticationFailedException invalid) {
        return answer(Code.UNAUTHENTICATED, Json.object().build());
    }

    /** A token whose role may not do this. */
    @ServerExceptionMapper(priority = 1)
    public Response map(ForbiddenException forbidden) {
        return answer(Code.ROLE_REQUIRED, Json.object().build());
    }

    /**
     * A bug: the whole story goes to the log under the request id, none of it to the caller. A database that is away is none:
     * the caller repeats the request, and learns by its id whether the first one was done.
     */
    @ServerExceptionMapper
    public Response map(Throwable bug) {
        if (DatabaseAway.caused(bug)) {
            LOG.warnf("request %s: the database does not answer", requestId.value());
            return answer(Code.NOT_READY, Json.object().build());
        }
        LOG.errorf("request %s failed: %s", requestId.value(), Stack.of(bug));
        return answer(Code.INTERNAL, Json.object().build());
    }

    private Response answer(Code code, Json.Obj members) {
        var body = Json.object()
                .put("type", code.documentation())
                .put("title", code.title())
                .put("status", code.status())
                .put("code", code.name())
                .put("requestId", requestId.value());
        members.members().forEach(body::put);
        var response = Response.status(code.status())
                .type(MediaType.valueOf(PROBLEM_JSON))
                .entity(body.build().canonical());
        if (code == Code.UNAUTHENTICATED) {
            response.header("WWW-Authenticate", "Bearer");
        }
        if (code == Code.RATE_LIMITED) {
            // The longest a window lasts: who waits this long is served.
            response.header("Retry-After", "60");
        }
        members.member("eventId").ifPresent(id -> response.header("Tamis-Event", ((Json.Str) id).value()));
        return response.build();
    }

    static Code codeOf(int status) {
        return switch (status) {
            case 401 -> Code.UNAUTHENTICATED;
            case 403 -> Code.ROLE_REQUIRED;
            case 404 -> Code.NOT_FOUND;
            case 405 -> Code.METHOD_NOT_ALLOWED;
            case 406 -> Code.NOT_ACCEPTABLE;
            case 413, 414, 431 -> Code.TOO_LARGE;
            case 415 -> Code.UNSUPPORTED_MEDIA_TYPE;
            case 429 -> Code.RATE_LIMITED;
            case 503 -> Code.NOT_READY;
            default -> status < 500 ? Code.INVALID_REQUEST : Code.INTERNAL;
        };
    }
}
