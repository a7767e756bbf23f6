package io.tamis.cli.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A service that answers what a test has laid ready, and remembers what it was asked. The shapes laid ready are those of
 * docs/api.md; the packaged-jar tests hold the real service to the same.
 */
public final class FakeService implements AutoCloseable {
    /** What was asked. */
    public record Asked(String method, String path, Map<String, String> headers, String text) {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Ready(int status, String contentType, byte[] body) {}

    private final HttpServer server;
    private final Map<String, Deque<Ready>> ready = new HashMap<>();
    private final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());

    public FakeService() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    /** Lays an answer ready; the last one for a path is given again and again. */
    public FakeService on(String methodAndPath, int status, String json) {
        return on(methodAndPath, status, status < 400 ? "application/json" : "application/problem+json", json);
    }

    /** Lays an answer ready in the place of all that were. */
    public FakeService replace(String methodAndPath, int status, String json) {
        ready.remove(methodAndPath);
        return on(methodAndPath, status, json);
    }

    /** Lays an answer of another media type ready. */
    public FakeService on(String methodAndPath, int status, String contentType, String body) {
        return on(methodAndPath, status, contentType, body.getBytes(StandardCharsets.UTF_8));
    }

    /** Lays bytes ready. */
    public FakeService on(String methodAndPath, int status, String contentType, byte[] body) {
        ready.computeIfAbsent(methodAndPath, path -> new ArrayDeque<>()).add(new Ready(status, contentType, body));
        return this;
    }

    public ServiceUrl url() {
        return ServiceUrl.parse("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    public Asked lastAsked() {
        return asked.getLast();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var headers = new HashMap<String, String>();
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
            String path = exchange.getRequestURI().toString();
            asked.add(new Asked(
                    exchange.getRequestMethod(),
                    path,
                    headers,
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            var answers = ready.getOrDefault(exchange.getRequestMethod() + " " + path, new ArrayDeque<>());
            Ready next = answers.isEmpty()
                    ? new Ready(
                            404,
                            "application/problem+json",
                            problem("NOT_FOUND", 404).getBytes(StandardCharsets.UTF_8))
                    : answers.size() == 1 ? answers.getFirst() : answers.removeFirst();
            byte[] body = next.body();
            exchange.getResponseHeaders().set("Content-Type", next.contentType());
            exchange.sendResponseHeaders(next.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /** A problem body as the service writes it. */
    public static String problem(String code, int status) {
        return """
            {"type":"docs/errors.md#%s","title":"The fixed text.","status":%d,"code":"%s","requestId":"r-1"}""".formatted(code, status, code);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
