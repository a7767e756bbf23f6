package io.tamis.ledger.witness;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tamis.data.Hash;
import io.tamis.log.Origin;
import io.tamis.log.SignedNote;
import io.tamis.log.TreeHead;
import io.tamis.log.VerifierKey;
import io.tamis.log.witness.Cosigner;
import io.tamis.log.witness.Memory;
import io.tamis.log.witness.TrustedLogs;
import io.tamis.log.witness.Verdict;
import io.tamis.log.witness.Witness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/** A witness over real HTTP, with core's rules, a memory of its own, and ways to be a bad one. Signs by the JDK. */
public final class TestWitness implements AutoCloseable, Memory, Cosigner {
    private static final long TIME = 1_764_000_000L;

    private final String name;
    private final KeyPair pair;
    private final byte[] typed;
    private final byte[] keyId;
    private final Witness witness;
    private final HttpServer http;
    private final Map<Origin, TreeHead> latest = new HashMap<>();
    private final ConcurrentLinkedQueue<Integer> answered = new ConcurrentLinkedQueue<>();
    private volatile UnaryOperator<String> lie = UnaryOperator.identity();
    private volatile Runnable before = () -> {};

    /** A witness of this log. */
    public TestWitness(String name, VerifierKey log) {
        this.name = name;
        try {
            pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            byte[] encoded = pair.getPublic().getEncoded();
            typed = new byte[33];
            typed[0] = 4;
            System.arraycopy(encoded, encoded.length - 32, typed, 1, 32);
            keyId = Arrays.copyOf(
                    Hash.sha256((name + "\n").getBytes(UTF_8), typed).bytes(), 4);
            witness = new Witness(TrustedLogs.exactly(List.of(log)), this, this);
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        } catch (IOException taken) {
            throw new UncheckedIOException(taken);
        }
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.createContext("/w/add-checkpoint", this::answer);
        http.start();
    }

    Peer peer() {
        return Peer.parse("http://127.0.0.1:" + http.getAddress().getPort() + "/w", vkey());
    }

    String vkey() {
        return name + "+" + HexFormat.of().formatHex(keyId) + "+"
                + Base64.getEncoder().encodeToString(typed);
    }

    /** Changes what a yes says. */
    void lie(UnaryOperator<String> how) {
        lie = how;
    }

    /** What happens before each answer. */
    void before(Runnable action) {
        before = action;
    }

    /** Makes it remember a tree it was never shown here. */
    synchronized void remember(Origin origin, TreeHead head) {
        latest.put(origin, head);
    }

    /** The statuses of its answers so far. */
    List<Integer> answered() {
        return List.copyOf(answered);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            before.run();
            Verdict verdict = witness.judge(body);
            String said = switch (verdict) {
                case Verdict.Cosigned(var lines) -> {
                    var text = new StringBuilder();
                    lines.forEach(line -> text.append("\u2014 " + line.name() + " " + line.base64() + "\n"));
                    yield lie.apply(text.toString());
                }
                case Verdict.Conflict(long size) -> size + "\n";
                case Verdict.Malformed m -> "";
                case Verdict.Untrusted u -> "";
                case Verdict.UnknownLog u -> "";
                case Verdict.Inconsistent i -> "";
            };
            answered.add(verdict.status());
            byte[] bytes = said.getBytes(UTF_8);
            exchange.sendResponseHeaders(verdict.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public SignedNote.Signature cosign(String checkpoint) {
        try {
            var signer = Signature.getInstance("Ed25519");
            signer.initSign(pair.getPrivate());
            signer.update(("cosignature/v1\ntime " + TIME + "\n" + checkpoint).getBytes(UTF_8));
            byte[] line = ByteBuffer.allocate(76)
                    .put(keyId)
                    .putLong(TIME)
                    .put(signer.sign())
                    .array();
            return new SignedNote.Signature(name, Base64.getEncoder().encodeToString(line));
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Override
    public synchronized Optional<TreeHead> latest(Origin origin) {
        return Optional.ofNullable(latest.get(origin));
    }

    @Override
    public synchronized boolean replace(Origin origin, Optional<TreeHead> expected, SignedNote cosigned) {
        if (!latest(origin).equals(expected)) {
            return false;
        }
        String[] lines = cosigned.text().split("\n", -1);
        latest.put(
                origin,
                new TreeHead(
                        Long.parseLong(lines[1]), Hash.of(Base64.getDecoder().decode(lines[2]))));
        return true;
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
