package io.tamis.cli.witness;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tamis.cli.client.ClientException;
import io.tamis.data.TamisException;
import io.tamis.log.SignedNote;
import io.tamis.log.witness.AddCheckpoint;
import io.tamis.log.witness.Verdict;
import io.tamis.log.witness.Witness;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A witness's submission prefix over HTTP (C2SP tlog-witness): {@code POST /add-checkpoint}, and {@code GET /key} for its
 * vkey. Strangers may call it: bodies, connections, threads, waiting requests and times are bounded, and what is over a bound
 * is dropped. No TLS: what it says is signed and what it is told is public, but put a proxy before it to be reached from
 * outside.
 */
public final class WitnessServer implements AutoCloseable {
    private static final int THREADS = 8;
    private static final int WAITING_MAX = 64;
    private static final int CONNECTIONS_MAX = 256;
    private static final int REQUEST_SECONDS = 10;
    private static final int IDLE_SECONDS = 60;
    private static final int STOP_SECONDS = 1;

    private static final int STATUS_OK = 200;
    private static final int STATUS_NOT_FOUND = 404;
    private static final int STATUS_METHOD = 405;
    private static final int STATUS_FAULT = 500;
    private static final int STATUS_INCONSISTENT = 422;

    private final HttpServer http;
    private final ThreadPoolExecutor threads;
    private final Witness witness;
    private final String verifierKey;
    private final Consumer<String> told;

    private WitnessServer(HttpServer http, Witness witness, String verifierKey, Consumer<String> told) {
        this.http = http;
        this.witness = witness;
        this.verifierKey = verifierKey;
        this.told = told;
        this.threads =
                new ThreadPoolExecutor(THREADS, THREADS, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING_MAX));
    }

    /**
     * Listens.
     *
     * @param told gets a line about what an operator has to know: a log that contradicts itself, a memory that fails
     */
    public static WitnessServer start(
            InetSocketAddress at, Witness witness, String verifierKey, Consumer<String> told) {
        bound("sun.net.httpserver.maxReqTime", REQUEST_SECONDS);
        bound("sun.net.httpserver.maxRspTime", REQUEST_SECONDS);
        bound("sun.net.httpserver.idleInterval", IDLE_SECONDS);
        bound("jdk.httpserver.maxConnections", CONNECTIONS_MAX);
        try {
            var server = new WitnessServer(HttpServer.create(at, WAITING_MAX), witness, verifierKey, told);
            server.http.setExecutor(server.threads);
            server.http.createContext("/", server::answer);
            server.http.start();
            return server;
        } catch (IOException taken) {
            throw ClientException.unreachable("cannot listen on " + at, taken);
        }
    }

    /** The JDK's server reads its bounds from properties, once; who has set one keeps it. */
    private static void bound(String property, int value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, Integer.toString(value));
        }
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return http.getAddress();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            try {
                routed(exchange);
            } catch (TamisException fault) {
                told.accept("not cosigned: the memory or the list of logs failed (" + fault.code() + ")");
                send(exchange, STATUS_FAULT, "");
            }
        }
    }

    private void routed(HttpExchange exchange) throws IOException {
        switch (exchange.getRequestURI().getPath()) {
            case "/add-checkpoint" -> only("POST", exchange, this::added);
            case "/key" -> only("GET", exchange, one -> send(one, STATUS_OK, verifierKey + "\n"));
            default -> send(exchange, STATUS_NOT_FOUND, "");
        }
    }

    private interface Answering {
        void answer(HttpExchange exchange) throws IOException;
    }

    private static void only(String method, HttpExchange exchange, Answering answering) throws IOException {
        if (exchange.getRequestMethod().equals(method)) {
            answering.answer(exchange);
        } else {
            exchange.getResponseHeaders().set("Allow", method);
            send(exchange, STATUS_METHOD, "");
        }
    }

    private void added(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(AddCheckpoint.BYTES_MAX + 1);
        Verdict verdict = witness.judge(body);
        if (verdict.status() == STATUS_INCONSISTENT) {
            told.accept("refused: a log has signed two trees that do not continue each other");
        }
        switch (verdict) {
            case Verdict.Cosigned(var signatures) ->
                send(
                        exchange,
                        verdict.status(),
                        signatures.stream().map(SignedNote.Signature::line).collect(Collectors.joining()));
            case Verdict.Conflict(long size) -> {
                exchange.getResponseHeaders().set("Content-Type", Verdict.SIZE_TYPE);
                send(exchange, verdict.status(), size + "\n");
            }
            case Verdict.Malformed _, Verdict.Untrusted _, Verdict.UnknownLog _, Verdict.Inconsistent _ ->
                send(exchange, verdict.status(), "");
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        if (bytes.length > 0 && !exchange.getResponseHeaders().containsKey("Content-Type")) {
            exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        }
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        http.stop(STOP_SECONDS);
        threads.shutdownNow();
    }
}
