package io.tamis.cli.client;

import io.tamis.data.DataException;
import io.tamis.data.Json;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** What came back: a yes with a body, or a problem. */
public sealed interface Answer {
    /** A response below 400. */
    final class Ok implements Answer {
        private final int status;
        private final HttpHeaders headers;
        private final byte[] body;

        Ok(int status, HttpHeaders headers, byte[] body) {
            this.status = status;
            this.headers = Objects.requireNonNull(headers);
            this.body = body.clone();
        }

        /** The HTTP status. */
        public int status() {
            return status;
        }

        /** A header's first value, empty text when it is not there. */
        public String header(String name) {
            return headers.firstValue(name).orElse("");
        }

        /** A copy of the body. */
        public byte[] bytes() {
            return body.clone();
        }

        /** The body as text. */
        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        /** The body as JSON; {@link ClientException} when it is none. */
        public Json json() {
            try {
                return Json.parse(body);
            } catch (DataException notJson) {
                throw new ClientException(
                        notJson.code(), ExitCode.INTERNAL, "the service answered something that is not JSON", notJson);
            }
        }

        /** The body as JSON, to be shown. */
        public JsonView view() {
            return JsonView.of(json());
        }
    }

    /** A response of 400 or above. */
    record Refused(Problem problem) implements Answer {
        public Refused {
            Objects.requireNonNull(problem);
        }
    }

    /** The yes; a problem becomes a {@link ClientException}. For callers that end at the first problem. */
    default Ok orRefused() {
        return switch (this) {
            case Ok ok -> ok;
            case Refused refused -> throw ClientException.refused(refused.problem());
        };
    }
}
