package io.tamis.cli.holder;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tamis.cli.client.FakeService;
import io.tamis.cli.client.ServiceUrl;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.holder.SignedMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The boards of ceremonies and rounds as the service serves them, without a thought of its own: it stores and lists. */
final class BoardService implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, Board> boards = new LinkedHashMap<>();
    private int away;

    /** A board: what it says of itself, its messages, its blobs. */
    private static final class Board {
        private final Json.Obj about;
        private final List<SignedMessage> messages = new ArrayList<>();
        private final Map<String, byte[]> blobs = new LinkedHashMap<>();

        Board(Json.Obj about) {
            this.about = about;
        }

        Json.Obj view() {
            var listed = messages.stream()
                    .map(message ->
                            Json.object().put("hash", message.hash().hex()).build())
                    .toList();
            return about.with("messages", Json.array(listed));
        }
    }

    BoardService() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    ServiceUrl url() {
        return ServiceUrl.parse("http://127.0.0.1:" + server.getAddress().getPort());
    }

    synchronized void open(String path, Json.Obj about) {
        boards.put(path, new Board(about));
    }

    synchronized List<SignedMessage> messages(String path) {
        return List.copyOf(boards.get(path).messages);
    }

    synchronized void put(String path, byte[] blob) {
        boards.get(path).blobs.put(Hash.sha256(blob).hex(), blob);
    }

    synchronized void post(String path, SignedMessage message) {
        boards.get(path).messages.add(message);
    }

    /** The next so many requests are answered as if the service were not ready. */
    synchronized void away(int requests) {
        away = requests;
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Answer answer = away > 0
                    ? new Answer(503, bytes(FakeService.problem("NOT_READY", 503)))
                    : answer(
                            exchange.getRequestMethod(),
                            exchange.getRequestURI().getPath(),
                            body);
            away = Math.max(0, away - 1);
            exchange.sendResponseHeaders(answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Answer(int status, byte[] body) {}

    private Answer answer(String method, String path, byte[] body) {
        if (path.equals("/v1/key-ceremonies") || path.equals("/v1/tag-rounds")) {
            String prefix = path.endsWith("rounds") ? "/v1/tags/" : "/v1/key-ceremonies/";
            var items = boards.entrySet().stream()
                    .filter(board -> board.getKey().startsWith(prefix))
                    .map(board -> board.getValue().about)
                    .toList();
            return ok(Json.object().put("items", Json.array(items)).build());
        }
        for (var board : boards.entrySet()) {
            if (path.equals(board.getKey())) {
                return ok(board.getValue().view());
            }
            if (path.startsWith(board.getKey() + "/")) {
                return answer(
                        board.getValue(), method, path.substring(board.getKey().length() + 1), body);
            }
        }
        return new Answer(404, bytes(FakeService.problem("NOT_FOUND", 404)));
    }

    private static Answer answer(Board board, String method, String rest, byte[] body) {
        if (rest.equals("messages")) {
            var message = SignedMessage.parse(body);
            if (!board.messages.contains(message)) {
                board.messages.add(message);
            }
            return ok(Json.object().build());
        }
        String name = rest.substring(rest.indexOf('/') + 1);
        if (rest.startsWith("blobs/") && method.equals("PUT")) {
            board.blobs.put(name, body);
            return ok(Json.object().build());
        }
        if (rest.startsWith("blobs/") && board.blobs.containsKey(name)) {
            return new Answer(200, board.blobs.get(name));
        }
        return board.messages.stream()
                .filter(message -> rest.equals("messages/" + message.hash()))
                .map(message -> ok(message.toJson()))
                .findFirst()
                .orElseGet(() -> new Answer(404, bytes(FakeService.problem("NOT_FOUND", 404))));
    }

    private static Answer ok(Json json) {
        return new Answer(200, json.canonicalBytes());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
