package io.tamis.ledger.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.web3j.protocol.Web3j;

/** A node may be down, slow, mute, endless or wrong: a call ends in its time, with an answer or an exception. */
class JsonRpcTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofSeconds(30);

    /** Answers each connection with these bytes and then keeps it open until the test is over. */
    private record Node(ServerSocket socket) implements AutoCloseable {
        static Node saying(String bytes) throws IOException {
            var socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
            Thread.ofVirtual().start(() -> {
                while (true) {
                    try {
                        var connection = socket.accept();
                        connection.getInputStream().read();
                        connection.getOutputStream().write(bytes.getBytes(StandardCharsets.US_ASCII));
                        connection.getOutputStream().flush();
                    } catch (IOException closed) {
                        return;
                    }
                }
            });
            return new Node(socket);
        }

        Web3j web3j(Duration patience) {
            return Web3j.build(new JsonRpc(URI.create("http://127.0.0.1:" + socket.getLocalPort()), patience));
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private static String http(String status, String body) {
        return "HTTP/1.1 " + status + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    @Test
    void call_answered_givesTheAnswer() throws Exception {
        try (var node = Node.saying(http("200 OK", "{\"jsonrpc\":\"2.0\",\"id\":0,\"result\":\"0x539\"}"))) {
            assertEquals(1337, node.web3j(LONG).ethChainId().send().getChainId().intValue());
        }
    }

    @Test
    void call_refusedWithABody_givesTheError() throws Exception {
        String body = "{\"jsonrpc\":\"2.0\",\"id\":0,\"error\":{\"code\":-32602,\"message\":\"no\"}}";
        try (var node = Node.saying(http("400 Bad Request", body))) {
            assertEquals(
                    -32_602, node.web3j(LONG).ethChainId().send().getError().getCode());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"500 Oops", "403 Forbidden", "204 No Content", "302 Found\r\nLocation: http://127.0.0.1:1/"})
    void call_otherStatus_fails(String status) throws Exception {
        try (var node = Node.saying(http(status, ""))) {
            assertThrows(IOException.class, node.web3j(LONG).ethChainId()::send);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "<html></html>", "{\"result\":{\"a\":1}}"})
    void call_answeredWithNonsense_fails(String body) throws Exception {
        try (var node = Node.saying(http("200 OK", body))) {
            var call = node.web3j(LONG).ethChainId();
            assertThrows(Exception.class, () -> call.send().getChainId());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\nContent-Le", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"})
    void call_nodeThatStops_failsInTime(String bytes) throws Exception {
        try (var node = Node.saying(bytes)) {
            var failed = assertThrows(IOException.class, node.web3j(SHORT).ethChainId()::send);
            assertEquals("the node has not answered in time", failed.getMessage());
        }
    }

    @Test
    void call_answerBeyondTheLimit_fails() throws Exception {
        try (var node = Node.saying(http("200 OK", " ".repeat(JsonRpc.ANSWER_BYTES_MAX + 1)))) {
            var failed = assertThrows(IOException.class, node.web3j(LONG).ethChainId()::send);
            assertEquals("the node cannot be asked", failed.getMessage());
        }
    }

    @Test
    void call_nobodyListening_fails() throws Exception {
        int port;
        try (var node = Node.saying("")) {
            port = node.socket().getLocalPort();
        }
        var web3j = Web3j.build(new JsonRpc(URI.create("http://127.0.0.1:" + port), LONG));
        assertThrows(IOException.class, web3j.ethChainId()::send);
    }

    @Test
    void call_interrupted_endsAndStaysInterrupted() throws Exception {
        try (var node = Node.saying("")) {
            var call = node.web3j(LONG).ethChainId();
            var told = new CountDownLatch(1);
            var thread = Thread.ofPlatform().start(() -> {
                Thread.currentThread().interrupt();
                assertThrows(InterruptedIOException.class, call::send);
                assertTrue(Thread.currentThread().isInterrupted());
                told.countDown();
            });
            thread.join(LONG);
            assertEquals(0, told.getCount());
        }
    }

    @Test
    void address_orPatienceOutOfRange_isRefused() {
        for (String address : new String[] {"file:/x", "ws://127.0.0.1:8545", "http:///x", "127.0.0.1:8545"}) {
            assertThrows(IllegalArgumentException.class, () -> new JsonRpc(URI.create(address), LONG), address);
        }
        var node = URI.create("http://127.0.0.1:8545");
        for (Duration patience : new Duration[] {Duration.ZERO, SHORT.negated(), JsonRpc.PATIENCE_MAX.plusNanos(1)}) {
            assertThrows(IllegalArgumentException.class, () -> new JsonRpc(node, patience));
        }
    }
}
