package io.tamis.cli.client;

import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.Json;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One caller's exchanges with one service. A refusal is an {@link Answer}; only what prevents an answer (no connection,
 * a broken one) is a {@link ClientException}. Safe for use by several threads.
 */
public final class ApiClient implements AutoCloseable {
    /** Largest answer kept in memory; an export goes to a file instead. */
    private static final int BODY_BYTES_MAX = 16 << 20;

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration TRANSFER_TIMEOUT = Duration.ofHours(2);

    private final HttpClient http;
    private final ServiceUrl url;
    private final Optional<BearerToken> token;

    private ApiClient(HttpClient http, ServiceUrl url, Optional<BearerToken> token) {
        this.http = Objects.requireNonNull(http);
        this.url = Objects.requireNonNull(url);
        this.token = Objects.requireNonNull(token);
    }

    /** A client for public resources of this service. */
    public static ApiClient of(ServiceUrl url) {
        // HTTP/1.1: the upgrade to HTTP/2 cannot carry a streamed body.
        var http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        return new ApiClient(http, url, Optional.empty());
    }

    /** The same connections, speaking as the holder of this token. */
    public ApiClient as(BearerToken holder) {
        return new ApiClient(http, url, Optional.of(holder));
    }

    /** Where the service is. */
    public ServiceUrl url() {
        return url;
    }

    /** Asks for a resource. */
    public Answer get(String path) {
        return exchange(request(path).GET().timeout(ANSWER_TIMEOUT));
    }

    /** Asks for a resource and lets the service hold the answer until something changes. */
    public Answer getWaiting(String path, Duration patience) {
        return exchange(request(path)
                .header("Prefer", "wait=" + patience.toSeconds())
                .GET()
                .timeout(ANSWER_TIMEOUT.plus(patience)));
    }

    /** Sends a JSON body. */
    public Answer post(String path, Json body) {
        return post(path, body.canonicalBytes());
    }

    /** Sends bytes that claim to be JSON. */
    public Answer post(String path, byte[] body) {
        return exchange(request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body))
                .timeout(ANSWER_TIMEOUT));
    }

    /** Sends bytes that are no JSON. */
    public Answer postBytes(String path, byte[] body) {
        return exchange(request(path)
                .header("Content-Type", "application/octet-stream")
                .POST(BodyPublishers.ofByteArray(body))
                .timeout(ANSWER_TIMEOUT));
    }

    /** Streams an upload; {@code headers} are set as given. */
    public Answer put(String path, BodyPublisher body, Map<String, String> headers) {
        var request = request(path).PUT(body).timeout(TRANSFER_TIMEOUT);
        headers.forEach(request::header);
        return exchange(request);
    }

    /** Takes something away. */
    public Answer delete(String path) {
        return exchange(request(path).DELETE().timeout(ANSWER_TIMEOUT));
    }

    /** Streams an answer into a new file; a problem leaves no file. */
    public Answer download(String path, Path file) {
        var request = request(path).GET().timeout(TRANSFER_TIMEOUT).build();
        try {
            HttpResponse<Path> response = http.send(request, BodyHandlers.ofFile(file));
            if (response.statusCode() < 400) {
                return new Answer.Ok(response.statusCode(), response.headers(), new byte[0]);
            }
            byte[] problem = Files.readAllBytes(file);
            Files.delete(file);
            return refused(response.statusCode(), problem);
        } catch (IOException broken) {
            throw unreachable(broken);
        } catch (InterruptedException interrupted) {
            throw interrupted(interrupted);
        }
    }

    private HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(url.resolve(path));
        token.ifPresent(bearer -> request.header("Authorization", "Bearer " + bearer.reveal()));
        return request;
    }

    private Answer exchange(HttpRequest.Builder request) {
        try {
            HttpResponse<byte[]> response =
                    http.send(request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), BODY_BYTES_MAX));
            return response.statusCode() < 400
                    ? new Answer.Ok(response.statusCode(), response.headers(), response.body())
                    : refused(response.statusCode(), response.body());
        } catch (IOException broken) {
            throw unreachable(broken);
        } catch (InterruptedException interrupted) {
            throw interrupted(interrupted);
        }
    }

    private static Answer refused(int status, byte[] body) {
        try {
            return new Answer.Refused(new Problem(status, Json.parse(new String(body, StandardCharsets.UTF_8))));
        } catch (DataException notOurs) {
            return new Answer.Refused(new Problem(status, new Json.Null()));
        }
    }

    private ClientException unreachable(IOException broken) {
        return ClientException.unreachable(
                "no answer from " + url + " (is it running? ./tamis serve; another address: --url)", broken);
    }

    private static ClientException interrupted(InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return new ClientException(Code.CANCELLED, ExitCode.LATER, "interrupted", interrupted);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
