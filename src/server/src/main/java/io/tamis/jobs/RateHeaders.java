package io.tamis.jobs;

import io.tamis.data.Code;
import jakarta.ws.rs.core.Response;
import java.util.Locale;

/** The RateLimit header fields of the IETF draft draft-ietf-httpapi-ratelimit-headers. */
final class RateHeaders {
    private RateHeaders() {}

    static void require(RateLimits.Standing standing) {
        if (!standing.granted()) {
            throw new JobsException(Code.RATE_LIMITED);
        }
    }

    static Response.ResponseBuilder on(Response.ResponseBuilder response, RateLimits.Standing standing) {
        String name = '"' + standing.kind().name().toLowerCase(Locale.ROOT).replace('_', '-') + '"';
        return response.header("RateLimit-Policy", name + ";q=" + standing.quota() + ";w=60")
                .header("RateLimit", name + ";r=" + standing.remaining() + ";t=" + standing.resetSeconds());
    }
}
