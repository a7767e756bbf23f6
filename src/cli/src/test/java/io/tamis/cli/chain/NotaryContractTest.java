package io.tamis.cli.chain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.log.TreeHead;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The auditor's client against nodes of every kind. */
class NotaryContractTest {
    private static final NotaryContract.Place PLACE =
            new NotaryContract.Place(31337, "0x" + "ab".repeat(20), "0x" + "cd".repeat(32));
    private static final Hash ROOT = Hash.sha256(new byte[] {1});

    private final CountDownLatch ended = new CountDownLatch(1);
    private final List<Json.Obj> asked = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;
    private Function<Json.Obj, String> node = NotaryContractTest::honest;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        ended.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        var request = (Json.Obj) Json.parse(exchange.getRequestBody().readAllBytes());
        asked.add(request);
        byte[] body = node.apply(request).getBytes(UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        try (var out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private static String method(Json.Obj request) {
        return ((Json.Str) request.member("method").orElseThrow()).value();
    }

    private static String result(Json.Obj request, String json) {
        return "{\"jsonrpc\":\"2.0\",\"id\":"
                + request.member("id").orElseThrow().canonical() + ",\"result\":" + json + "}";
    }

    private static String error(Json.Obj request, String data) {
        return "{\"jsonrpc\":\"2.0\",\"id\":"
                + request.member("id").orElseThrow().canonical()
                + ",\"error\":{\"code\":3,\"message\":\"execution reverted\",\"data\":\"" + data + "\"}}";
    }

    private static String word(long number) {
        return String.format(Locale.ROOT, "%064x", number);
    }

    private static String honest(Json.Obj request) {
        return switch (method(request)) {
            case "eth_chainId" -> result(request, "\"0x7a69\"");
            case "eth_getLogs" ->
                result(
                        request,
                        "[{\"topics\":[\"" + Abi.ANCHORED + "\",\"" + PLACE.logId() + "\",\"0x" + word(40)
                                + "\"],\"data\":\"0x" + ROOT.hex() + word(1) + word(0) + word(9) + "\"}]");
            default -> {
                String data = request.canonical();
                yield data.contains(Abi.HEAD.substring(2))
                        ? result(request, "\"0x" + ROOT.hex() + word(50) + word(3) + word(1000) + word(9) + "\"")
                        : result(request, "\"0x" + ROOT.hex() + "\"");
            }
        };
    }

    private NotaryContract contract(Duration patience) {
        var url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        return new NotaryContract(url, PLACE, patience);
    }

    private String refused() {
        try (var contract = contract(Duration.ofSeconds(5))) {
            return assertThrows(ChainException.class, contract::newest).reason();
        }
    }

    @Test
    void node_thatIsHonest_tellsHeadRootAndAnchors() {
        try (var contract = contract(Duration.ofSeconds(5))) {
            var newest = contract.newest().orElseThrow();
            assertEquals(new Anchor(new TreeHead(50, ROOT), Instant.ofEpochSecond(1000), 9), newest);
            assertEquals(Optional.of(ROOT), contract.rootAt(50));
            assertEquals(List.of(new TreeHead(40, ROOT)), contract.backTo(newest, 45));
        }
        assertEquals(
                1,
                asked.stream().filter(ask -> method(ask).equals("eth_chainId")).count());
        assertTrue(asked.get(1).canonical().contains("\"data\":\"" + Abi.HEAD + "cd"));
    }

    @Test
    void node_ofAnotherChain_isRefused() {
        node = request -> method(request).equals("eth_chainId") ? result(request, "\"0x1\"") : honest(request);
        assertEquals("the node is of another chain", refused());
    }

    @Test
    void contract_thatDoesNotKnowTheLog_saysSo() {
        node = request -> method(request).equals("eth_call") ? error(request, Abi.UNKNOWN_LOG) : honest(request);
        try (var contract = contract(Duration.ofSeconds(5))) {
            assertEquals(Optional.empty(), contract.newest());
        }
    }

    @Test
    void root_thatWasNeverAnchored_isNone() {
        node = request ->
                method(request).equals("eth_call") ? result(request, "\"0x" + word(0) + "\"") : honest(request);
        try (var contract = contract(Duration.ofSeconds(5))) {
            assertEquals(Optional.empty(), contract.rootAt(3));
        }
    }

    /** Each answer in place of a call's: never an exception of another kind, never a number out of nothing. */
    @Test
    void node_thatAnswersNonsense_isRefused() {
        String good = ROOT.hex() + word(50) + word(3) + word(1000) + word(9);
        List<Function<Json.Obj, String>> answers = List.of(
                request -> "",
                request -> "no JSON",
                request -> "[]",
                request -> "{}",
                request -> "{\"id\":1.5}",
                request -> "[".repeat(100_000),
                request -> result(request, "null"),
                request -> result(request, "17"),
                request -> result(request, "\"0x\""),
                request -> result(request, "\"0x12\""),
                request -> result(request, "\"" + good + "\""),
                request -> result(request, "\"0x" + good + "00\""),
                request -> result(request, "\"0x" + good.replace('0', 'g') + "\""),
                request -> result(request, "\"0x" + ROOT.hex() + "f".repeat(64) + good.substring(128) + "\""),
                request -> result(request, "\"0x" + good + "\"").replaceFirst("\"id\":[0-9]+", "\"id\":99"),
                request -> error(request, "0x12345678"),
                request -> error(request, ""));
        for (int i = 0; i < answers.size(); i++) {
            Function<Json.Obj, String> nonsense = answers.get(i);
            node = request -> method(request).equals("eth_call") ? nonsense.apply(request) : honest(request);
            assertTrue(!refused().isEmpty(), "answer " + i);
        }
    }

    @Test
    void node_whoseAnswerHasNoEnd_isGivenUp() {
        node = request -> method(request).equals("eth_call")
                ? result(request, "\"" + "0".repeat(JsonRpc.ANSWER_BYTES_MAX) + "\"")
                : honest(request);
        assertEquals("the node cannot be reached, or its answer is too long", refused());
    }

    /** Headers at once, the body never. */
    @Test
    void node_thatIsSlow_isGivenUp() {
        server.removeContext("/");
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            try {
                ended.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
        try (var contract = contract(Duration.ofMillis(200))) {
            assertEquals(
                    "the node does not answer in time",
                    assertThrows(ChainException.class, contract::newest).reason());
        }
    }

    @Test
    void node_thatIsNotThere_isRefused() {
        server.stop(0);
        assertTrue(refused().startsWith("the node cannot be"));
    }

    @Test
    void place_ofAnotherForm_isRefused() {
        for (String[] form : new String[][] {
            {"0x12", PLACE.logId()}, {PLACE.contract(), "0x12"}, {"", ""}, {PLACE.logId(), PLACE.contract()}
        }) {
            assertThrows(ChainException.class, () -> new NotaryContract.Place(1, form[0], form[1]));
        }
        assertThrows(ChainException.class, () -> new NotaryContract.Place(0, PLACE.contract(), PLACE.logId()));
    }

    /** Logs that were anchored long ago are looked for in bounded steps. */
    @Test
    void anchors_thatAreNowhere_areNotLookedForForEver() {
        node = request -> method(request).equals("eth_getLogs") ? result(request, "[]") : honest(request);
        try (var contract = contract(Duration.ofSeconds(5))) {
            var far = new Anchor(new TreeHead(50, ROOT), Instant.EPOCH, 1_000_000_000L);
            assertEquals(List.of(), contract.backTo(far, 45));
        }
        assertEquals(
                64,
                asked.stream().filter(ask -> method(ask).equals("eth_getLogs")).count());
    }
}
