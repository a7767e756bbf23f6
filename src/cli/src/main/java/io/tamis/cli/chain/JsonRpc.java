package io.tamis.cli.chain;

import io.tamis.data.DataException;
import io.tamis.data.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One JSON-RPC 2.0 node, believed nothing: limits on time and size, and every answer of another form is refused. */
final class JsonRpc implements AutoCloseable {
    /** Longest answer: some thousand events. */
    static final int ANSWER_BYTES_MAX = 4 << 20;

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final URI url;
    private final Duration patience;
    private int asked;

    /** A node at this address, which has this long for each answer, its last byte included. */
    JsonRpc(URI url, Duration patience) {
        this.url = url;
        this.patience = patience;
    }

    /** What a call came to. */
    sealed interface Outcome {
        /** A result of any form. */
        record Result(Json value) implements Outcome {}

        /** An error, with the data a contract reverted with, if any. */
        record Failed(Optional<String> data) implements Outcome {}
    }

    Outcome ask(String method, List<? extends Json> params) {
        asked++;
        Json.Obj body = Json.object()
                .put("jsonrpc", "2.0")
                .put("id", asked)
                .put("method", method)
                .put("params", Json.array(params))
                .build();
        var request = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .timeout(patience)
                .POST(BodyPublishers.ofByteArray(body.canonicalBytes()))
                .build();
        HttpResponse<byte[]> response = exchange(request);
        if (response.statusCode() >= 500) {
            throw new ChainException("the node failed");
        }
        return outcome(response.body());
    }

    /** The request's own timeout ends with the headers; a body that trickles is given up by this one. */
    private HttpResponse<byte[]> exchange(HttpRequest request) {
        var answer = http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), ANSWER_BYTES_MAX));
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException slow) {
            answer.cancel(true);
            throw new ChainException("the node does not answer in time", slow);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof IOException broken
                    ? new ChainException("the node cannot be reached, or its answer is too long", broken)
                    : new ChainException("the node cannot be asked", failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ChainException("interrupted", interrupted);
        }
    }

    private Outcome outcome(byte[] body) {
        try {
            if (!(Json.parse(body) instanceof Json.Obj answer)
                    || !answer.member("id").equals(Optional.of(Json.of(asked)))) {
                throw nonsense();
            }
            if (answer.member("error").isPresent()) {
                return new Outcome.Failed(answer.member("error").flatMap(JsonRpc::data));
            }
            return new Outcome.Result(answer.member("result").orElseThrow(JsonRpc::nonsense));
        } catch (DataException malformed) {
            throw new ChainException("the node's answer is no JSON-RPC", malformed);
        }
    }

    private static Optional<String> data(Json error) {
        return error instanceof Json.Obj object
                        && object.member("data").orElse(Json.of("")) instanceof Json.Str text
                        && !text.value().isEmpty()
                ? Optional.of(text.value())
                : Optional.empty();
    }

    static ChainException nonsense() {
        return new ChainException("the node's answer means nothing");
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
