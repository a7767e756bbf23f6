package io.tamis.server.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tamis.data.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A blockchain node that says what the test wants: each method has one answer, the raw JSON of it. */
final class PaperNode implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, String> answers = Collections.synchronizedMap(new HashMap<>());
    private final List<Json.Obj> asked = Collections.synchronizedList(new ArrayList<>());

    private PaperNode(HttpServer server) {
        this.server = server;
    }

    static PaperNode start() throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var node = new PaperNode(server);
        server.createContext("/", node::answer);
        server.start();
        return node;
    }

    PaperNode says(String method, String answer) {
        answers.put(method, answer);
        return this;
    }

    /** The usual answer with this result. */
    PaperNode results(String method, String result) {
        return says(
                method,
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":" + Json.of(result).canonical() + "}");
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The calls so far, oldest first. */
    List<Json.Obj> asked() {
        return List.copyOf(asked);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var headers = exchange.getResponseHeaders();
            headers.add("Access-Control-Allow-Origin", "*");
            headers.add("Access-Control-Allow-Headers", "Content-Type");
            if (exchange.getRequestMethod().equals("OPTIONS")) {
                exchange.sendResponseHeaders(204, -1);
                return;
            }
            var call = (Json.Obj) Json.parse(exchange.getRequestBody().readAllBytes());
            asked.add(call);
            String method = ((Json.Str) call.member("method").orElseThrow()).value();
            String answer = answers.getOrDefault(method, "");
            if (answer.startsWith("http")) {
                headers.add("Location", answer);
                exchange.sendResponseHeaders(307, -1);
                return;
            }
            byte[] body = answer.getBytes(UTF_8);
            exchange.sendResponseHeaders(answer.isEmpty() ? 500 : 200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
